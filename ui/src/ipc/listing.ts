import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { AppError } from "./bindings";
import { api } from "./call";
import { useRead } from "./hooks";
import { type Landing, type RowOf, type RowsCommand, useRows, useSettledView } from "./pages";
import { makeStale, tagsOf } from "./tags";

/** What a list on screen can be asked for and told. */
export type ListHandle = {
  /** Where it stands. */
  anchor: () => { index: number; offset: number; atTop: boolean };
  /** Puts a row at the upper edge. */
  restore: (index: number, offset: number) => void;
  /** Goes to the top. */
  toTop: () => void;
  /** Brings a row into sight. */
  reveal: (index: number) => void;
  /** Makes a row the one the keys act on. */
  activate: (index: number) => void;
  /** The row the keys act on. */
  active: () => number;
};

/** Lists whose rows can be found again by id in another version. */
export type PlacedCommand = Exclude<RowsCommand, "activityRows" | "planRows">;
type PlaceCommand = "orderPlace" | "productPlace" | "customerPlace";
const placeCommands: Record<PlacedCommand, PlaceCommand> = {
  orderRows: "orderPlace",
  productRows: "productPlace",
  customerRows: "customerPlace",
};

/** A row beside another one. */
export type Neighbour = { id: string; index: number };

/** The rows before and behind one that is open, in the list beside it. */
export function useNeighbours<C extends PlacedCommand>(
  rows: C,
  view: string | null,
  count: number,
  id: string,
): { previous: Neighbour | null; next: Neighbour | null } {
  const command: PlaceCommand = placeCommands[rows];
  const place = useRead(command, { view: view ?? "", id }, { enabled: view !== null, keepPrevious: true });
  const index = place.data?.index ?? null;
  const around = index ?? 0;
  const { rowAt } = useRows(rows, index === null ? null : view, count, { from: around, to: around + 1 });
  const at = (to: number) => {
    const row = index === null || to < 0 || to >= count ? null : rowAt(to);
    return row ? { id: row.id, index: to } : null;
  };
  return { previous: at(around - 1), next: at(around + 1) };
}

/** Which list; see {@link useListing}. */
export type ListingOptions<C extends PlacedCommand, V> = {
  /** The command that reads its rows. */
  rows: C;
  /** The store. */
  store: string;
  /** Names the list: filter, search, sort. */
  listKey: string;
  /** The list as it was opened last. */
  opened: V | undefined;
  /** It is being opened anew. */
  fetching: boolean;
  /** The list on screen. */
  grid: RefObject<ListHandle | null>;
  /** The id of what is open beside it. */
  open: string | null;
};

/** A list on screen. */
export type Listing<C extends PlacedCommand, V> = {
  /** The version shown; `null` before there is one. */
  shown: V | null;
  /** Its id. */
  view: string | null;
  /** How many rows it has. */
  count: number;
  /** A row; `undefined` if never loaded, `null` if gone. */
  rowAt: (index: number) => RowOf<C> | null | undefined;
  /** Places in sight. */
  range: { from: number; to: number };
  /** Told about another stretch in sight. */
  onRange: (from: number, to: number) => void;
  /** What is about to be opened from the list itself, whose row is where the person is. */
  openedHere: (id: string) => void;
  /** What is about to be opened from beside it by its place: its row becomes the one the keys act on, in sight. */
  stepTo: (id: string, index: number) => void;
  /** Why rows could not be read. */
  error: AppError | null;
};

/**
 * An opened list as it is shown: what a person looks at stays where it is when a new version takes its place, a row
 * being known by its id, and another list begins at its top. What is opened from elsewhere comes into sight, once.
 */
export function useListing<C extends PlacedCommand, V extends { view: string; count: number }>({
  rows,
  store,
  listKey,
  opened,
  fetching,
  grid,
  open,
}: ListingOptions<C, V>): Listing<C, V> {
  const client = useQueryClient();
  const [range, setRange] = useState({ from: 0, to: 30 });
  const rowAtNow = useRef<(index: number) => { id: string } | null | undefined>(() => undefined);

  const land = useCallback(
    async (next: V): Promise<Landing> => {
      const handle = grid.current;
      if (!handle || next.count === 0) return null;
      const placeOf = async (index: number) => {
        const row = rowAtNow.current(index);
        const place = row ? (await api[placeCommands[rows]]({ view: next.view, id: row.id })).index : null;
        return place ?? Math.min(index, next.count - 1);
      };
      const { index, offset, atTop } = handle.anchor();
      const active = await placeOf(handle.active());
      return atTop ? { index: 0, offset: 0, active } : { index: await placeOf(index), offset, active };
    },
    [grid, rows],
  );

  const { shown, landing, isOther } = useSettledView(rows, listKey, opened, land);
  const view = shown?.view ?? null;
  const count = shown?.count ?? 0;
  const { rowAt, error } = useRows(rows, view, count, range);
  useEffect(() => {
    rowAtNow.current = rowAt;
  });

  const landedView = landing?.view ?? null;
  useLayoutEffect(() => {
    if (landedView === null) return;
    if (landing?.at) {
      grid.current?.restore(landing.at.index, landing.at.offset);
      grid.current?.activate(landing.at.active ?? 0);
    } else {
      grid.current?.toTop();
      grid.current?.activate(0);
    }
    // Once for each version of the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [landedView]);

  useEffect(() => {
    if (error?.code === "viewGone") void makeStale(client, tagsOf(rows), store);
  }, [client, error, rows, store]);

  const onRange = useCallback(
    (from: number, to: number) => setRange((old) => (old.from === from && old.to === to ? old : { from, to })),
    [],
  );
  /** What is open, once its row was brought into sight or need not be: from then on the person scrolls as they like. */
  const met = useRef<string | null>(null);
  const openedHere = useCallback((id: string) => {
    met.current = id;
  }, []);
  const stepTo = useCallback(
    (id: string, index: number) => {
      met.current = id;
      grid.current?.activate(index);
      grid.current?.reveal(index);
    },
    [grid],
  );

  // The panel beside it asks the same for its neighbours: it is one question.
  const command: PlaceCommand = placeCommands[rows];
  const place = useRead(command, { view: view ?? "", id: open ?? "" }, { enabled: view !== null && !isOther && open !== null });
  const index = place.data?.index;
  // Another list, or a newer version, that is on its way may have what this one lacks, and lands where this one stood.
  const isNewest = !isOther && !fetching && view !== null && view === opened?.view;
  useEffect(() => {
    if (open === null) met.current = null;
    if (open === null || open === met.current || !isNewest || index === undefined) return;
    if (index === null) met.current = open;
    else stepTo(open, index);
  }, [open, isNewest, index, stepTo]);

  return { shown, view, count, rowAt, range, onRange, openedHere, stepTo, error };
}
