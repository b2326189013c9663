import { useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type CustomersSort, useRemembered } from "../../ipc";
import { readDay } from "../../lib/days";
import { type CustomersPlace, useGo } from "../../lib/go";

/** What the customers' list shows. */
export type CustomersList = {
  /** Only those who registered on this day of the store's calendar or later; `null` for all. */
  registeredFrom: string | null;
  /** What is searched for. */
  search: string;
  /** Column. */
  sort: CustomersSort;
  /** Largest first. */
  descending: boolean;
};

const columns: Record<CustomersSort, true> = { name: true, email: true, registered: true, orders: true, spent: true };

const isSort = (value: unknown): value is CustomersSort => typeof value === "string" && Object.hasOwn(columns, value);

type Kept = Pick<CustomersList, "sort" | "descending">;
const usual: Kept = { sort: "name", descending: false };

function readKept(value: unknown): Kept | null {
  if (typeof value !== "object" || value === null) return null;
  const { sort, descending } = value as Record<string, unknown>;
  return {
    sort: isSort(sort) ? sort : usual.sort,
    descending: typeof descending === "boolean" ? descending : usual.descending,
  };
}

/** What the list shows and which customer is open: the address says it; what it leaves out is as it was last. */
export function useCustomersPlace(store: string) {
  const go = useGo();
  const place = useSearch({ strict: false }) as CustomersPlace;
  const [kept, keep, { known }] = useRemembered(store, "customers.list", readKept, usual);

  const list = useMemo<CustomersList>(
    () => ({
      registeredFrom: readDay(place.from),
      search: place.q ?? "",
      sort: isSort(place.sort) ? place.sort : kept.sort,
      descending: place.way === undefined ? kept.descending : place.way !== "up",
    }),
    [place.from, place.q, place.sort, place.way, kept],
  );
  const open = place.open ?? null;

  const show = useCallback(
    (change: Partial<CustomersList>) => {
      const next = { ...list, ...change };
      keep({ sort: next.sort, descending: next.descending });
      const to: CustomersPlace = { sort: next.sort, way: next.descending ? "down" : "up" };
      if (next.registeredFrom) to.from = next.registeredFrom;
      if (next.search) to.q = next.search;
      if (open) to.open = open;
      go.customers(store, to);
    },
    [go, keep, list, open, store],
  );

  const openCustomer = useCallback(
    (customer: string | null) => {
      const { open: _old, ...rest } = place;
      go.customers(store, customer === null ? rest : { ...rest, open: customer }, { replace: true });
    },
    [go, place, store],
  );

  return { list, open, show, openCustomer, known };
}
