import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { AppError } from "./bindings";
import { asAppError } from "./errors";
import { type RowOf, type RowsCommand, readRows } from "./pages";

/** The ticked rows of a list, and how to tick more. */
export type Ticked<R> = {
  /** How many are ticked. */
  count: number;
  /** Whether this one is. */
  has: (id: string) => boolean;
  /** All are. */
  all: boolean;
  /** Ticks or unticks the rows from one place to another, both included. */
  set: (from: number, to: number, ticked: boolean) => void;
  /** Ticks all there are. */
  setAll: () => void;
  /** Unticks all. */
  clear: () => void;
  /** Their ids. */
  ids: string[];
  /** The rows, as they were when they were ticked. */
  rows: R[];
  /** More of them are being read. */
  reading: boolean;
  /** Rows that were to be ticked or unticked last could not be read, and stay as they were. */
  failed: AppError | null;
  /** Tries those once more. */
  again: () => void;
};

/** Rows that could not be ticked or unticked. */
type Failed = { listKey: string; error: AppError; from: number; to: number; ticked: boolean; all: boolean };

const none: ReadonlyMap<string, never> = new Map<string, never>();

/** Which rows of a list are ticked. Held by id, so that a new version of the list changes nothing about it. */
export function useTicked<C extends Exclude<RowsCommand, "planRows">>(
  command: C,
  view: string | null,
  count: number,
  rowAt: (index: number) => RowOf<C> | null | undefined,
  /** Ticks are for one list: with another of these they are gone. */
  listKey: string,
): Ticked<NonNullable<RowOf<C>>> {
  type Row = NonNullable<RowOf<C>>;
  const [held, setHeld] = useState<{ listKey: string; rows: ReadonlyMap<string, Row> }>({ listKey, rows: none });
  const [reading, setReading] = useState(0);
  const [missed, setMissed] = useState<Failed | null>(null);
  // What is being read for somebody who has thought better of it ticks nothing any more.
  const turn = useRef(0);
  const failed = missed?.listKey === listKey ? missed : null;
  const rows = held.listKey === listKey ? held.rows : none;

  useEffect(() => {
    turn.current += 1;
    setReading(0);
  }, [listKey]);

  const change = useCallback(
    (some: readonly (RowOf<C> | null | undefined)[], ticked: boolean) =>
      setHeld((old) => {
        const next = new Map<string, Row>(old.listKey === listKey ? old.rows : none);
        for (const row of some) {
          if (!row) continue;
          const id = "entry" in row ? row.entry : row.id;
          if (ticked) next.set(id, row);
          else next.delete(id);
        }
        return { listKey, rows: next };
      }),
    [listKey],
  );

  const set = useCallback(
    (from: number, to: number, ticked: boolean, all = false) => {
      setMissed(null);
      const some = Array.from({ length: to - from + 1 }, (_, at) => rowAt(from + at));
      if (some.every((row) => row !== undefined) || view === null) {
        change(some, ticked);
        return;
      }
      setReading((others) => others + 1);
      const mine = turn.current;
      const ifWanted = (then: () => void) => {
        if (turn.current === mine) then();
      };
      void readRows(command, view, from, to + 1)
        .then((read) => ifWanted(() => change(read, ticked)))
        .catch((error: unknown) => ifWanted(() => setMissed({ listKey, error: asAppError(error), from, to, ticked, all })))
        .finally(() => ifWanted(() => setReading((all) => all - 1)));
    },
    [rowAt, command, view, change, listKey],
  );

  return useMemo(
    () => ({
      count: rows.size,
      has: (id: string) => rows.has(id),
      all: count > 0 && rows.size >= count,
      set,
      setAll: () => {
        if (count > 0) set(0, count - 1, true, true);
      },
      clear: () => {
        turn.current += 1;
        setReading(0);
        setMissed(null);
        setHeld({ listKey, rows: none });
      },
      ids: [...rows.keys()],
      rows: [...rows.values()],
      reading: reading > 0,
      failed: failed?.error ?? null,
      again: () => {
        if (failed === null || count === 0) return;
        // Another version of the list may be shorter, or longer.
        set(failed.from, failed.all ? count - 1 : Math.min(failed.to, count - 1), failed.ticked, failed.all);
      },
    }),
    [rows, count, set, listKey, reading, failed],
  );
}
