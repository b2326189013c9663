import { useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { OrdersSort } from "../../ipc";
import { useRemembered } from "../../ipc";
import { readDay } from "../../lib/days";
import { type OrdersPlace, useGo } from "../../lib/go";

/** What the orders' list shows. */
export type OrdersList = {
  /** Only this status; `null` for all. */
  statusId: number | null;
  /** Only this customer's; `null` for all. */
  customer: string | null;
  /** Only those placed on this day of the store's calendar or later; `null` without such a bound. */
  placedFrom: string | null;
  /** Only those placed on this day or earlier. */
  placedTo: string | null;
  /** What is searched for. */
  search: string;
  /** Checkouts that were never finished are shown as well. */
  showIncomplete: boolean;
  /** Column. */
  sort: OrdersSort;
  /** Largest first. */
  descending: boolean;
};

const columns: Record<OrdersSort, true> = {
  number: true,
  placed: true,
  customer: true,
  items: true,
  status: true,
  total: true,
};

const isSort = (value: unknown): value is OrdersSort => typeof value === "string" && Object.hasOwn(columns, value);

type Kept = { statusId: number | null; sort: OrdersSort; descending: boolean };
const usual: Kept = { statusId: null, sort: "placed", descending: true };

function readKept(value: unknown): Kept | null {
  if (typeof value !== "object" || value === null) return null;
  const { statusId, sort, descending } = value as Record<string, unknown>;
  return {
    statusId: typeof statusId === "number" ? statusId : null,
    sort: isSort(sort) ? sort : usual.sort,
    descending: typeof descending === "boolean" ? descending : usual.descending,
  };
}

function statusOf(text: string | undefined, kept: number | null): number | null {
  if (text === undefined) return kept;
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** What the list shows and which order is open: the address says it; what it leaves out is as it was last. */
export function useOrdersPlace(store: string) {
  const go = useGo();
  const place = useSearch({ strict: false }) as OrdersPlace;
  const [kept, keep, { known }] = useRemembered(store, "orders.list", readKept, usual);

  const list = useMemo<OrdersList>(
    () => ({
      statusId: statusOf(place.status, kept.statusId),
      customer: place.customer ?? null,
      placedFrom: readDay(place.from),
      placedTo: readDay(place.to),
      search: place.q ?? "",
      showIncomplete: place.incomplete === "1",
      sort: isSort(place.sort) ? place.sort : kept.sort,
      descending: place.way === undefined ? kept.descending : place.way !== "up",
    }),
    [place.status, place.customer, place.from, place.to, place.q, place.incomplete, place.sort, place.way, kept],
  );
  const open = place.open ?? null;

  const show = useCallback(
    (change: Partial<OrdersList>) => {
      const next = { ...list, ...change };
      keep({ statusId: next.statusId, sort: next.sort, descending: next.descending });
      const to: OrdersPlace = {
        status: next.statusId === null ? "all" : String(next.statusId),
        sort: next.sort,
        way: next.descending ? "down" : "up",
      };
      if (next.customer) to.customer = next.customer;
      if (next.placedFrom) to.from = next.placedFrom;
      if (next.placedTo) to.to = next.placedTo;
      if (next.search) to.q = next.search;
      if (next.showIncomplete) to.incomplete = "1";
      if (open) to.open = open;
      go.orders(store, to);
    },
    [go, keep, list, open, store],
  );

  const openOrder = useCallback(
    (order: string | null) => {
      const { open: _old, ...rest } = place;
      go.orders(store, order === null ? rest : { ...rest, open: order }, { replace: true });
    },
    [go, place, store],
  );

  return { list, open, show, openOrder, known };
}
