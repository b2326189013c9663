import { useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type ProductsSort, useRemembered } from "../../ipc";
import { readDay } from "../../lib/days";
import { type ProductsPlace, useGo } from "../../lib/go";

/** Which products: a tab of their list. */
export type ProductsTab = "all" | "visible" | "hidden" | "low" | "out";

/** Every tab, in order. */
export const productsTabs = ["all", "visible", "hidden", "low", "out"] as const satisfies readonly ProductsTab[];

/** What the products' list shows. */
export type ProductsList = {
  /** Which of them. */
  tab: ProductsTab;
  /** Only those that the store touched on this day of its calendar or later; `null` for all. */
  modifiedFrom: string | null;
  /** What is searched for. */
  search: string;
  /** Column. */
  sort: ProductsSort;
  /** Largest first. */
  descending: boolean;
};

const columns: Record<ProductsSort, true> = { name: true, sku: true, price: true, stock: true, modified: true, id: true };

const isSort = (value: unknown): value is ProductsSort => typeof value === "string" && Object.hasOwn(columns, value);
const isTab = (value: unknown): value is ProductsTab => productsTabs.includes(value as ProductsTab);

type Kept = Pick<ProductsList, "tab" | "sort" | "descending">;
const usual: Kept = { tab: "all", sort: "name", descending: false };

function readKept(value: unknown): Kept | null {
  if (typeof value !== "object" || value === null) return null;
  const { tab, sort, descending } = value as Record<string, unknown>;
  return {
    tab: isTab(tab) ? tab : usual.tab,
    sort: isSort(sort) ? sort : usual.sort,
    descending: typeof descending === "boolean" ? descending : usual.descending,
  };
}

/** What the list shows and which product is open: the address says it; what it leaves out is as it was last. */
export function useProductsPlace(store: string) {
  const go = useGo();
  const place = useSearch({ strict: false }) as ProductsPlace;
  const [kept, keep, { known }] = useRemembered(store, "products.list", readKept, usual);

  const list = useMemo<ProductsList>(
    () => ({
      tab: isTab(place.show) ? place.show : kept.tab,
      modifiedFrom: readDay(place.from),
      search: place.q ?? "",
      sort: isSort(place.sort) ? place.sort : kept.sort,
      descending: place.way === undefined ? kept.descending : place.way !== "up",
    }),
    [place.show, place.from, place.q, place.sort, place.way, kept],
  );

  const show = useCallback(
    (change: Partial<ProductsList>) => {
      const next = { ...list, ...change };
      keep({ tab: next.tab, sort: next.sort, descending: next.descending });
      const to: ProductsPlace = { show: next.tab, sort: next.sort, way: next.descending ? "down" : "up" };
      if (next.modifiedFrom) to.from = next.modifiedFrom;
      if (next.search) to.q = next.search;
      if (place.open) to.open = place.open;
      go.products(store, to);
    },
    [go, keep, list, place.open, store],
  );

  const openProduct = useCallback(
    (product: string | null) => {
      const { open: _open, made: _made, ...rest } = place;
      go.products(store, product === null ? rest : { ...rest, open: product }, { replace: true });
    },
    [go, place, store],
  );

  const openMaking = useCallback(
    (entry: string) => {
      const { open: _open, ...rest } = place;
      go.products(store, { ...rest, made: entry }, { replace: true });
    },
    [go, place, store],
  );

  const edit = useCallback(
    (product: string | null) => {
      const { open: _open, made: _made, ...rest } = place;
      go.productForm(store, product, rest);
    },
    [go, place, store],
  );

  return { list, open: place.open ?? null, made: place.made ?? null, show, openProduct, openMaking, edit, known };
}
