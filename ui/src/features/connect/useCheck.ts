import { useCallback, useRef, useState } from "react";
import { type AppError, type CheckReport, api, asAppError, useBackendEvent } from "../../ipc";

/** A check of an attempt. */
export type Check = {
  /** How far it has come; `null` before the first word of it. */
  report: CheckReport | null;
  /** It is going on. */
  running: boolean;
  /** It could not be made, or was stopped. */
  error: AppError | null;
  /** Whether the token may also change things is being asked. */
  askingWrites: boolean;
  /** Starts it (again). */
  start: (attempt: string) => void;
  /** Asks, with the person's consent, what reading can't tell. */
  askWrites: (attempt: string) => void;
  /** Forgets what was found. */
  forget: () => void;
};

type Found = {
  attempt: string;
  report: CheckReport | null;
  running: boolean;
  askingWrites?: boolean;
  error: AppError | null;
};

/** Checks an attempt and follows it line by line. */
export function useCheck(): Check {
  const [found, setFound] = useState<Found | null>(null);
  const run = useRef(0);

  useBackendEvent("check", ({ report }) =>
    setFound((before) =>
      (before?.running || before?.askingWrites) && before.attempt === report.attempt ? { ...before, report } : before,
    ),
  );

  const start = useCallback((attempt: string) => {
    run.current += 1;
    const mine = run.current;
    setFound({ attempt, report: null, running: true, error: null });
    void api.connectCheck({ attempt }).then(
      (report) => {
        if (run.current === mine) setFound({ attempt, report, running: false, error: null });
      },
      (thrown: unknown) => {
        if (run.current === mine) {
          setFound((before) => ({ attempt, report: before?.report ?? null, running: false, error: asAppError(thrown) }));
        }
      },
    );
  }, []);

  const askWrites = useCallback((attempt: string) => {
    run.current += 1;
    const mine = run.current;
    setFound((before) => before && { ...before, askingWrites: true, error: null });
    const over = (change: Partial<Found>) => {
      if (run.current === mine) setFound((before) => before && { ...before, ...change, askingWrites: false });
    };
    void api.connectCheckWrites({ attempt }).then(
      (report) => over({ report }),
      (thrown: unknown) => over({ error: asAppError(thrown) }),
    );
  }, []);

  const forget = useCallback(() => {
    run.current += 1;
    setFound(null);
  }, []);

  return {
    report: found?.report ?? null,
    running: found?.running ?? false,
    error: found?.error ?? null,
    askingWrites: found?.askingWrites ?? false,
    start,
    askWrites,
    forget,
  };
}
