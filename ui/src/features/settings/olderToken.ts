import type { Store, StoreState } from "../../ipc";

/** The store is without a token, and the one before that is still in the keychain: it can be taken into use again. */
export function hasOlder(store: Store, state: StoreState | null): boolean {
  return state?.token === "missing" && store.tokenHome === "untilQuit" && store.tokenEntry !== "" && store.mayConnect;
}
