import type { Store, StoreState } from "./bindings";
import { useRead } from "./hooks";

/** The connected store with this key, or `null` if there is none (any more). */
export function useStore(key: string): Store | null {
  return useRead("appState", undefined).data?.stores.find((store) => store.key === key) ?? null;
}

/** How a store is doing; `null` until it was told. */
export function useStoreState(key: string): StoreState | null {
  return useRead("storeState", { store: key }).data ?? null;
}
