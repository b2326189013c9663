import { useCallback, useEffect, useRef, useState } from "react";
import { type AppError, type StorefrontAnswer, api, asAppError } from "../../ipc";
import { useTellTrouble } from "../../lib/telling";

/** A question under way, and what came of the last one. */
export type Asking = {
  /** Asks. */
  ask: () => void;
  /** Stops asking. */
  stop: () => void;
  /** It is under way. */
  asking: boolean;
  /** What the storefront answered. */
  answer: StorefrontAnswer | null;
  /** Why there is no answer. */
  error: AppError | null;
  /** The field that does not fit. */
  problem: "document" | "variables" | null;
};

/** Asks the storefront, one question at a time. An answer of a question that was left is dropped. */
export function useQuestion(store: string, channel: string, draft: { question: string; variables: string }): Asking {
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<StorefrontAnswer | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const run = useRef(0);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });
  const id = `window-${store}`;

  const tellTrouble = useTellTrouble();
  const leave = useCallback(() => api.stopAsking({ store, id }), [store, id]);
  const stop = useCallback(
    () => void leave().catch((thrown: unknown) => tellTrouble(asAppError(thrown))),
    [leave, tellTrouble],
  );

  const ask = useCallback(() => {
    run.current += 1;
    const mine = run.current;
    const { question: document, variables } = latest.current;
    setAsking(true);
    setError(null);
    void api
      .askStorefront({ store, channel, document, variables, id })
      .then(
        (told) => {
          if (run.current === mine) setAnswer(told);
        },
        (thrown: unknown) => {
          if (run.current !== mine) return;
          setAnswer(null);
          setError(asAppError(thrown));
        },
      )
      .finally(() => {
        if (run.current === mine) setAsking(false);
      });
  }, [store, channel, id]);

  // Nobody waits for the answer any more.
  useEffect(
    () => () => {
      run.current += 1;
      void leave().catch(() => undefined);
    },
    [leave],
  );

  const field = error?.code === "badInput" ? error.field : null;
  const problem = field === "document" || field === "variables" ? field : null;
  return { ask, stop, asking, answer, error: problem ? null : error, problem };
}
