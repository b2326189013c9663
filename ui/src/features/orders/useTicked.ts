import { useCallback, useEffect, useMemo, useState } from "react";
import type { Ticking } from "../../components/grid/types";
import { type MoneyDto, type OrderRow, readRows } from "../../ipc";

/** The ticked orders. */
export type Ticked = Ticking & {
  /** Their numbers. */
  ids: string[];
  /** Their totals. */
  totals: MoneyDto[];
  /** More of them are being read. */
  reading: boolean;
};

const none: ReadonlyMap<string, MoneyDto> = new Map();

/** Which orders are ticked. Held by number, so that a new version of the list changes nothing about it. */
export function useTicked(
  view: string | null,
  count: number,
  rowAt: (index: number) => OrderRow | null | undefined,
  /** Ticks are for one list: with another of these they are gone. */
  listKey: string,
): Ticked {
  const [held, setHeld] = useState({ listKey, ids: none });
  const [reading, setReading] = useState(false);
  const ids = held.listKey === listKey ? held.ids : none;

  useEffect(() => setReading(false), [listKey]);

  const change = useCallback(
    (rows: readonly (OrderRow | null | undefined)[], ticked: boolean) =>
      setHeld((old) => {
        const next = new Map(old.listKey === listKey ? old.ids : none);
        for (const row of rows) {
          if (!row) continue;
          if (ticked) next.set(row.id, row.total);
          else next.delete(row.id);
        }
        return { listKey, ids: next };
      }),
    [listKey],
  );

  const set = useCallback(
    (from: number, to: number, ticked: boolean) => {
      const rows = Array.from({ length: to - from + 1 }, (_, at) => rowAt(from + at));
      if (rows.every((row) => row !== undefined) || view === null) {
        change(rows, ticked);
        return;
      }
      setReading(true);
      void readRows("orderRows", view, from, to + 1)
        .then((all) => change(all, ticked))
        .catch(() => undefined)
        .finally(() => setReading(false));
    },
    [rowAt, view, change],
  );

  return useMemo(
    () => ({
      count: ids.size,
      has: (id: string) => ids.has(id),
      all: count > 0 && ids.size >= count,
      set,
      setAll: () => {
        if (count > 0) set(0, count - 1, true);
      },
      clear: () => setHeld({ listKey, ids: none }),
      ids: [...ids.keys()],
      totals: [...ids.values()],
      reading,
    }),
    [ids, count, set, listKey, reading],
  );
}
