import type { ProductsQuery } from "../../ipc";
import type { ProductsList } from "./place";

/** How the backend is asked for a list. */
export function productsQuery(store: string, { tab, modifiedFrom, search, sort, descending }: ProductsList): ProductsQuery {
  return {
    store,
    search,
    visibility: tab === "visible" || tab === "hidden" ? tab : "all",
    stock: tab === "low" || tab === "out" ? tab : "all",
    modifiedFrom,
    sort,
    descending,
  };
}
