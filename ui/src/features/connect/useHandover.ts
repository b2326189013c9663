import { useCallback, useEffect, useRef, useState } from "react";
import {
  type AppError,
  type Attempt,
  type HandFrom,
  type HandedOver,
  type PresetName,
  api,
  asAppError,
} from "../../ipc";

/** Where credentials come from, without the text of a token that was typed. */
export type HandKind = HandFrom["kind"];

/** Whether a token is at hand that only lacks its store. */
export function isTokenAtHand(handed: HandedOver | null): boolean {
  if (!handed || handed.attempt) return false;
  return handed.mistakes.every(({ code }) => code !== "token" && code !== "file");
}

/** What was handed over, and the way to do it. */
export type Handover = {
  /** A token that is held and can be checked. */
  attempt: Attempt | null;
  /** What was found in what was handed over last; holds no secret. */
  handed: HandedOver | null;
  /** Where that came from. */
  from: HandKind | null;
  /** It is being read just now, from here. */
  busy: HandKind | null;
  /** It could not even be read. */
  error: AppError | null;
  /** Hands credentials over; the attempt, if they can be checked. */
  hand: (from: HandFrom, address: string, preset: PresetName, storefront: boolean) => Promise<Attempt | null>;
  /** A token that the backend took from elsewhere. */
  take: (attempt: Attempt) => void;
  /** Forgets what was wrong, not the token. */
  clear: () => void;
  /** Forgets the token and all about it. */
  forget: () => void;
};

/** Credentials on their way to the backend. Of a token it only ever knows the last four characters. */
export function useHandover(given: Attempt | null): Handover {
  const [attempt, setAttempt] = useState<Attempt | null>(given);
  const [handed, setHanded] = useState<HandedOver | null>(null);
  const [from, setFrom] = useState<HandKind | null>(null);
  const [busy, setBusy] = useState<HandKind | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const run = useRef(0);
  const [left, setLeft] = useState(given !== null);

  const hand = useCallback(async (source: HandFrom, address: string, preset: PresetName, storefront: boolean) => {
    run.current += 1;
    setLeft(true);
    const mine = run.current;
    setBusy(source.kind);
    setError(null);
    if (source.kind !== "again") {
      setHanded(null);
      setFrom(source.kind);
    }
    try {
      const over = await api.connectBegin({ address, preset, storefront, from: source });
      if (run.current !== mine) return null;
      setHanded(over);
      if (over.attempt) setAttempt(over.attempt);
      return over.attempt;
    } catch (thrown) {
      const failed = asAppError(thrown);
      // Who closes the dialog has changed their mind, that is all.
      if (run.current === mine && failed.code !== "cancelled") setError(failed);
      return null;
    } finally {
      if (run.current === mine) setBusy(null);
    }
  }, []);

  const take = useCallback((next: Attempt) => {
    run.current += 1;
    setLeft(true);
    setAttempt(next);
    setHanded(null);
    setFrom(null);
    setBusy(null);
    setError(null);
  }, []);

  const clear = useCallback(() => {
    setHanded((before) => (before?.attempt ? before : null));
    setError(null);
  }, []);

  const forget = useCallback(() => {
    run.current += 1;
    setAttempt(null);
    setHanded(null);
    setFrom(null);
    setBusy(null);
    setError(null);
    setLeft(false);
    void api.connectForget().catch(() => undefined);
  }, []);

  useForgetOnLeave(left);

  return { attempt, handed, from, busy, error, hand, take, clear, forget };
}

/** Lets go of what was handed over and never saved, if there is any, when the wizard is left. */
function useForgetOnLeave(left: boolean) {
  const shown = useRef(false);
  const held = useRef(left);
  useEffect(() => {
    held.current = left;
  }, [left]);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
      // Strict mode leaves and comes back at once.
      setTimeout(() => {
        if (!shown.current && held.current) void api.connectForget().catch(() => undefined);
      });
    };
  }, []);
}
