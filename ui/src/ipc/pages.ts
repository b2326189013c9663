import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { AppError } from "./bindings";
import { api } from "./call";
import { readOptions } from "./hooks";
import type { Answer } from "./tags";

const pageSize = 100;

/** Commands that read a stretch of an opened list. */
export type RowsCommand = "orderRows" | "productRows" | "customerRows" | "activityRows" | "planRows";
/** A row that such a command reads. */
export type RowOf<C extends RowsCommand> = Answer<C>["rows"][number];

function pageOptions<C extends RowsCommand>(command: C, view: string, page: number) {
  return readOptions(command, { view, from: page * pageSize, to: (page + 1) * pageSize } as never);
}

/** The pages that hold a stretch of places. */
function pagesOf(from: number, to: number): number[] {
  const first = Math.floor(Math.max(0, from) / pageSize);
  const last = Math.floor(Math.max(0, to - 1) / pageSize);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** The rows of an opened list around the places in sight. */
export function useRows<C extends RowsCommand>(
  command: C,
  view: string | null,
  count: number,
  range: { from: number; to: number },
): { rowAt: (index: number) => RowOf<C> | null | undefined; error: AppError | null } {
  const client = useQueryClient();
  // A little more than is in sight, so that scrolling rarely meets a row that is not there yet.
  const pages = view !== null && count > 0 ? pagesOf(range.from - 50, Math.min(count, range.to + 50)) : [];
  const queries = useQueries({
    queries: pages.map((page) => pageOptions(command, view ?? "", page)),
    combine: (results) => ({
      error: (results.find((result) => result.error)?.error ?? null) as AppError | null,
      data: results.map((result) => result.data as Answer<RowsCommand> | undefined),
    }),
  });
  const held = useMemo(() => {
    const rows = new Map<number, RowOf<C> | null>();
    for (const page of queries.data) {
      page?.rows.forEach((row, at) => rows.set(page.from + at, row as RowOf<C> | null));
    }
    return rows;
  }, [queries.data]);
  const rowAt = useCallback(
    (index: number): RowOf<C> | null | undefined => {
      if (held.has(index)) return held.get(index);
      if (view === null) return undefined;
      // Seen before, and still in the cache.
      const page = client.getQueryData<Answer<RowsCommand>>(
        pageOptions(command, view, Math.floor(index / pageSize)).queryKey,
      );
      return page?.rows[index - page.from] as RowOf<C> | null | undefined;
    },
    [held, client, command, view],
  );
  return { rowAt, error: queries.error };
}

/** An opened list, as the backend answered. */
type Opened = { view: string; count: number };

/** Where the screen wants to be in a new version; see {@link useSettledView}. */
export type Landing = { index: number; offset: number; active?: number } | null;

/**
 * Holds on to the list on screen until the next version of it is ready to take its place.
 *
 * `key` names the list (store, filter, sort). For a new version of the same list, `land` says where to go so
 * that what the person looks at stays where it is; its rows are read before the switch, so nothing flickers.
 * For another list the top is read first.
 */
export function useSettledView<C extends RowsCommand, V extends Opened>(
  command: C,
  key: string,
  opened: V | undefined,
  land: (next: V) => Promise<Landing>,
): { shown: V | null; landing: { view: string; at: Landing } | null; isOther: boolean } {
  const client = useQueryClient();
  const [shown, setShown] = useState<{ key: string; view: V; at: Landing } | null>(null);
  const latestLand = useRef(land);
  useEffect(() => {
    latestLand.current = land;
  });

  useEffect(() => {
    if (!opened || (shown?.key === key && shown.view === opened)) return;
    if (shown?.key === key && shown.view.view === opened.view) {
      setShown({ key, view: opened, at: shown.at });
      return;
    }
    let overtaken = false;
    const prepare = async () => {
      const at = shown?.key === key ? await latestLand.current(opened).catch(() => null) : null;
      const first = at?.index ?? 0;
      if (opened.count > 0) {
        await Promise.allSettled(
          pagesOf(first - 20, Math.min(opened.count, first + 60)).map((page) =>
            client.fetchQuery(pageOptions(command, opened.view, page)),
          ),
        );
      }
      if (!overtaken) setShown({ key, view: opened, at });
    };
    void prepare();
    return () => {
      overtaken = true;
    };
  }, [client, command, key, opened, shown]);

  return {
    shown: shown?.view ?? null,
    landing: shown ? { view: shown.view.view, at: shown.at } : null,
    isOther: shown !== null && shown.key !== key,
  };
}

/** The most rows that can be asked for at once. */
const mostRows = 500;

/** Reads every row of a stretch, past the cache: for what concerns all of them, not for showing them. */
export async function readRows<C extends RowsCommand>(
  command: C,
  view: string,
  from: number,
  to: number,
): Promise<(RowOf<C> | null)[]> {
  const rows: (RowOf<C> | null)[] = [];
  for (let at = from; at < to; at += mostRows) {
    const answer = await api[command]({ view, from: at, to: Math.min(to, at + mostRows) });
    rows.push(...(answer.rows as (RowOf<C> | null)[]));
  }
  return rows;
}
