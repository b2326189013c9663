import { foundCustomers } from "../../features/customers/foundCustomers";
import { foundOrders } from "../../features/orders/foundOrders";
import { foundProducts } from "../../features/products/foundProducts";
import { type Found, useRead } from "../../ipc";
import type { Action } from "../../lib/actions";
import { isSearchable } from "../../lib/found";
import { useGo } from "../../lib/go";

/** A kind of thing that is found besides commands. */
export type FoundKind = "orders" | "products" | "customers";

/** Every one of them, in the order in which they are shown. */
const kinds: readonly FoundKind[] = ["orders", "products", "customers"];

/** What was found on this computer besides commands. */
export type FoundHere = {
  /** The ways there, kind by kind, the best of each first. */
  actions: readonly Action[];
  /** Still being looked for. */
  reading: boolean;
  /** The kinds that were looked through: none for a text that is too short, and none that the token may not read. */
  looked: readonly FoundKind[];
  /** The kinds that could not be looked through. */
  failed: readonly FoundKind[];
};

function failedOf(found: Found | undefined, isError: boolean): readonly FoundKind[] {
  if (found) return kinds.filter((kind) => found.failed.includes(kind));
  return isError ? kinds : [];
}

/** What holds the text, in one question. An answer belongs to the text it was asked with, however late it comes. */
export function useFound(store: string, text: string): FoundHere {
  const go = useGo();
  const search = text.trim();
  const enabled = isSearchable(search);
  const { data, isLoading, isError } = useRead("find", { store, search }, { enabled });
  const found = enabled ? data : undefined;
  return {
    actions: [
      ...(found?.orders ? foundOrders(go, store, search, found.orders) : []),
      ...(found?.products ? foundProducts(go, store, search, found.products) : []),
      ...(found?.customers ? foundCustomers(go, store, search, found.customers) : []),
    ],
    reading: isLoading,
    looked: kinds.filter((kind) => found?.[kind]),
    failed: enabled ? failedOf(found, isError) : [],
  };
}
