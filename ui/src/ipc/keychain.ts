import type { UseQueryResult } from "@tanstack/react-query";
import type { AppError, KeychainInfo } from "./bindings";
import { useRead } from "./hooks";

/** Between two looks at a keychain that can't be used. */
const lookAgainMs = 5_000;

/**
 * The keychain. One that is not there, locked or never used is looked at again: somebody may start, open or set it up at
 * any moment.
 */
export function useKeychain(options: { enabled?: boolean } = {}): UseQueryResult<KeychainInfo, AppError> {
  return useRead("keychain", undefined, {
    ...options,
    everyMs: (found) => (found?.available && !found.locked && !found.isNew ? false : lookAgainMs),
  });
}

/**
 * In which of the keychain's collections a store's token lies, or, without a store, a new one's would. Empty where there
 * is only one, and as long as it is not known.
 */
export function useCollection(store: string | null, storefront = false): string {
  return useRead("keychainCollection", { store, storefront }).data?.name ?? "";
}
