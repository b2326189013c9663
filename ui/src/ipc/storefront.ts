import type { StorefrontToken } from "./bindings";
import { useRead } from "./hooks";

const none: readonly StorefrontToken[] = [];

/**
 * The tokens for a store's storefront: the one in use, one that could not be revoked yet, and those that never can be.
 * Without a store there are none.
 */
export function useStorefrontTokens(store: string | null): {
  current: StorefrontToken | null;
  spare: StorefrontToken | null;
  lost: readonly StorefrontToken[];
  known: boolean;
} {
  const { data } = useRead("storefrontAccess", { store: store ?? "" }, { enabled: store !== null });
  return {
    current: data?.current ?? null,
    spare: data?.spare ?? null,
    lost: data?.lost ?? none,
    known: data !== undefined,
  };
}
