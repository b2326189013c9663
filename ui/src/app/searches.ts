import type { WordKey } from "../i18n";
import type { Go } from "../lib/go";

/** A list that the search box in the top bar searches. */
export type Search = {
  /** The screen it is on. */
  screen: string;
  /** What the box says. */
  label: WordKey;
  /** Searches it: `rest` is what else stands in its address. */
  go: (go: Go, store: string, q: string, rest: Record<string, string>, how: { replace: boolean }) => void;
};

/** Every list that can be searched. On a screen without one, the first is. */
export const searches = [
  {
    screen: "orders",
    label: "search.orders",
    go: (go, store, q, rest, how) => go.orders(store, q === "" ? rest : { ...rest, q }, how),
  },
  {
    screen: "products",
    label: "search.products",
    go: (go, store, q, rest, how) => go.products(store, q === "" ? rest : { ...rest, q }, how),
  },
  {
    screen: "customers",
    label: "search.customers",
    go: (go, store, q, rest, how) => go.customers(store, q === "" ? rest : { ...rest, q }, how),
  },
  {
    screen: "activity",
    label: "activity.search",
    go: (go, store, q, rest, how) => go.activity(store, q === "" ? rest : { ...rest, q }, how),
  },
] as const satisfies readonly [Search, ...Search[]];

/** What the search box searches on this screen. */
export function searchOn(screen: string | null): Search {
  return searches.find((search) => search.screen === screen) ?? searches[0];
}
