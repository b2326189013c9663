import { useRead } from "./hooks";

/**
 * In which of the keychain's collections a store's token lies, or, without a store, a new one's would. Empty where there
 * is only one, and as long as it is not known.
 */
export function useCollection(store: string | null, storefront = false): string {
  return useRead("keychainCollection", { store, storefront }).data?.name ?? "";
}
