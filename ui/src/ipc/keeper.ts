import type { AppError } from "./bindings";
import { asAppError } from "./errors";
import { onLastMoment } from "./lastMoment";

/** After the last key. */
const settleMs = 500;
/** However fast somebody types: no more than this is ever lost to a crash. */
const longestMs = 1_500;
/** After it could not be written. */
const againMs = 5_000;

/** How it stands with a draft that is on its way to this computer's disk. */
export type Keep = {
  /** What is not there yet; `undefined` when all is, `null` when it is to be thrown away. */
  unkept: string | null | undefined;
  /** Why it could not be written. It is tried again until it is. */
  failed: AppError | null;
};

/**
 * Brings what is typed for one thing to this computer's disk: a moment after the last key, while somebody types on and
 * on, at the window's last moment, and again for as long as it fails. It outlives the field that it was typed into.
 */
export class Keeper {
  #state: Keep = { unkept: undefined, failed: null };
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** When the first of what waits was typed. */
  #since = 0;
  /** Counts what was typed, so that a late answer is not taken for the answer to something newer. */
  #typed = 0;
  /** Sends that are not answered yet. */
  #sending = 0;
  /** Something newer is to go as soon as they are. */
  #isDue = false;
  #stopHearing: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #send: (text: string | null) => Promise<unknown>;

  /** Sends texts where they are kept; nothing is sent yet. */
  constructor(send: (text: string | null) => Promise<unknown>) {
    this.#send = send;
  }

  /** How it stands; the same value until something changes. */
  readonly state = (): Keep => this.#state;

  /** Tells when it stands otherwise. */
  readonly listen = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };

  /** Keeps this, a moment from now; `null` throws the draft away. */
  readonly keep = (text: string | null): void => {
    const now = Date.now();
    if (this.#timer === null) this.#since = now;
    this.#typed += 1;
    this.#become({ ...this.#state, unkept: text });
    this.#stopHearing ??= onLastMoment(this.#now);
    this.#later(Math.min(settleMs, Math.max(0, this.#since + longestMs - now)));
  };

  /** As soon as what is under way is answered, if something waits: the newer one must not be overtaken. */
  readonly flush = (): void => {
    if (this.#timer === null) return;
    this.#stopWaiting();
    if (this.#sending > 0) this.#isDue = true;
    else this.#go();
  };

  /** Now, whatever is under way: there may be no later. */
  readonly #now = (): void => {
    if (this.#timer === null && !this.#isDue) return;
    this.#stopWaiting();
    this.#go();
  };

  #go(): void {
    this.#isDue = false;
    const { unkept } = this.#state;
    if (unkept === undefined) return;
    const typed = this.#typed;
    this.#sending += 1;
    this.#send(unkept).then(
      () => this.#answered(typed, null),
      (thrown: unknown) => this.#answered(typed, asAppError(thrown)),
    );
  }

  #answered(typed: number, failed: AppError | null): void {
    this.#sending -= 1;
    if (typed !== this.#typed) {
      // Something newer waits, and says itself how it went.
      if (this.#isDue) this.#go();
      return;
    }
    // With its store the draft is gone too.
    if (failed !== null && failed.code !== "storeGone") {
      this.#become({ ...this.#state, failed });
      // What is too large stays too large; everything else may get better.
      if (failed.code !== "badInput") this.#later(againMs);
      return;
    }
    this.#become({ unkept: undefined, failed: null });
    this.#stopHearing?.();
    this.#stopHearing = null;
  }

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #later(ms: number): void {
    this.#stopWaiting();
    this.#timer = setTimeout(this.flush, ms);
  }

  #become(state: Keep): void {
    this.#state = state;
    for (const tell of this.#listeners) tell();
  }
}
