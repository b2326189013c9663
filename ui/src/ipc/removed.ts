import { type Query, type QueryClient, hashKey } from "@tanstack/react-query";
import type { AppState, Store } from "./bindings";
import { readKey, storeOf } from "./tags";

const app = readKey("appState", undefined);
const appHash = hashKey(app);

/**
 * Drops whatever was answered about a store once that is removed, and what is still on screen as soon as it no longer
 * is. A store that is connected again goes by the same key, and would be shown with the changes, the jobs and the
 * tokens of the one before.
 */
export function dropRemoved(client: QueryClient): void {
  const cache = client.getQueryCache();
  const dropIfRemoved = (query: Query) => {
    const store = storeOf(query.queryKey[1]);
    const stores = client.getQueryData<AppState>(app)?.stores;
    if (store === null || stores === undefined || query.getObserversCount() > 0) return;
    if (!stores.some(({ key }) => key === store)) cache.remove(query);
  };
  cache.subscribe((event) => {
    if (event.type === "observerRemoved") {
      // It may be looked at again in the same breath.
      queueMicrotask(() => dropIfRemoved(event.query));
    } else if (event.type === "updated" && event.action.type === "success" && event.query.queryHash === appHash) {
      for (const query of cache.getAll()) dropIfRemoved(query);
    }
  });
}

/**
 * Drops what was typed in the sample store's forms once that has started over: it keeps its key, and what was typed was
 * about products that are others now.
 */
export function dropStartedOver(client: QueryClient): void {
  client.getMutationCache().subscribe(({ type, mutation }) => {
    if (type !== "updated" || mutation.options.mutationKey?.[0] !== "resetSample") return;
    const store = (mutation.state.data as Store | undefined)?.key;
    if (mutation.state.status !== "success" || store === undefined) return;
    client.removeQueries({
      predicate: ({ queryKey: [command, input] }) => command === "productDraft" && storeOf(input) === store,
    });
  });
}
