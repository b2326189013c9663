import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { AppError } from "./bindings";
import { api } from "./call";
import { asAppError } from "./errors";
import { afterWrite } from "./tags";

/** Gives a store a new token. */
export type TokenGiving = {
  /** Hands it over; true once the store has accepted it and it is kept. */
  give: (token: string, untilQuit: boolean) => Promise<boolean>;
  /** It is being looked at, or the keychain asks something. */
  busy: boolean;
  /** Why it was not taken. The old token stays. */
  error: AppError | null;
  /** Gives up what is being looked at, with the keychain's question; the token is kept nowhere. */
  stop: () => void;
};

/**
 * Hands a typed token to the backend.
 *
 * Not a `useWrite`: the cache keeps what a write was asked with for a while, and a token must not be in it.
 */
export function useGiveToken(store: string): TokenGiving {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const run = useRef(0);
  const going = useRef(false);
  const give = useCallback(
    async (token: string, untilQuit: boolean) => {
      run.current += 1;
      const mine = run.current;
      going.current = true;
      setBusy(true);
      setError(null);
      const failed = await api.giveToken({ store, token, untilQuit }).then(
        () => null,
        (thrown: unknown) => asAppError(thrown),
      );
      await afterWrite(client, "giveToken", { store });
      if (run.current === mine) {
        going.current = false;
        setError(failed);
        setBusy(false);
      }
      return failed === null;
    },
    [client, store],
  );
  const stop = useCallback(() => {
    setError(null);
    if (!going.current) return;
    going.current = false;
    run.current += 1;
    setBusy(false);
    void api.cancelUnlock({ store }).catch(() => undefined);
  }, [store]);
  // Nobody is left to see a question answered that was asked from here.
  useEffect(() => stop, [stop]);
  return { give, busy, error, stop };
}
