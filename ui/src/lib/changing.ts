import { createContext, useContext } from "react";
import type { Plan, PlanQuestion, ResolveQuestion } from "../ipc/bindings";

/** The road every write takes: planned, shown, confirmed, applied. Offered by the frame to every screen. */
export type Changing = {
  /**
   * Plans a change, and shows or applies it as the store's safety mode says. `onApplied` follows a success, with the
   * journal's entries. `takes` looks at the plan first: if it says true, the screen has dealt with it, and it is
   * neither shown nor applied. With `review` the person has asked to see it, so it is shown whatever the safety mode.
   */
  propose: (
    question: PlanQuestion,
    onApplied?: (entries: string[]) => void,
    takes?: (plan: Plan) => boolean,
    review?: boolean,
  ) => void;
  /** The same for putting changes back. */
  undo: (store: string, entries: string[], onApplied?: () => void) => void;
  /** The same for trying changes again. */
  retry: (store: string, entries: string[], onApplied?: () => void) => void;
  /** The same for all that a job did, and for all of it that did not get done. */
  undoJob: (store: string, job: string) => void;
  retryJob: (store: string, job: string) => void;
  /** The same for what was chosen where a change met somebody else's. */
  resolve: (question: ResolveQuestion) => void;
  /** A plan is being made or applied. */
  busy: boolean;
  /** The job that the strip below everything shows. */
  inStrip: string | null;
};

/** Holds the frame's offer. */
export const ChangingContext = createContext<Changing | null>(null);

/** The road every write takes. */
export function useChanging(): Changing {
  const changing = useContext(ChangingContext);
  if (!changing) throw new Error("no frame around this screen offers a way to change things");
  return changing;
}
