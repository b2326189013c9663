import { useCallback, useEffect, useRef, useState } from "react";
import { type AddressAnswer, type AppError, api, asAppError } from "../../ipc";

/** What is known about a text that should name a store. */
export type Reading = {
  /** The answer to the text as it stands; the last one while the next is on its way. */
  answer: AddressAnswer | null;
  /** The answer is to the text as it stands. */
  current: boolean;
  /** Reading failed. */
  error: AppError | null;
  /** The answer to the text as it stands, waited for. */
  readNow: () => Promise<AddressAnswer>;
};

/**
 * Asks the backend which store a text names, at each change.
 *
 * Goes past the cache on purpose: somebody may have pasted a secret here.
 */
export function useReading(text: string): Reading {
  const [read, setRead] = useState<{ text: string; answer: AddressAnswer | null; error: AppError | null } | null>(null);
  const newest = useRef(text);
  useEffect(() => {
    newest.current = text;
    void api.readAddress({ text }).then(
      (answer) => {
        if (newest.current === text) setRead({ text, answer, error: null });
      },
      (thrown: unknown) => {
        if (newest.current === text) setRead({ text, answer: null, error: asAppError(thrown) });
      },
    );
  }, [text]);
  const current = read?.text === text;
  const known = current ? read.answer : null;
  const readNow = useCallback(() => (known ? Promise.resolve(known) : api.readAddress({ text })), [known, text]);
  return { answer: read?.answer ?? null, current, error: current ? read.error : null, readNow };
}
