import type { Store } from "../../ipc";

/** The store's token may not even read customers. */
export function cannotRead(store: Store): boolean {
  return store.missingScopes.some(({ scope, readable }) => scope === "customers" && !readable);
}
