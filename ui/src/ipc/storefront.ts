import type { StorefrontToken } from "./bindings";
import { useRead } from "./hooks";

/** The tokens for a store's storefront: the one in use, and one that could not be revoked yet. */
export function useStorefrontTokens(store: string): {
  current: StorefrontToken | null;
  spare: StorefrontToken | null;
  known: boolean;
} {
  const { data } = useRead("storefrontAccess", { store });
  return { current: data?.current ?? null, spare: data?.spare ?? null, known: data !== undefined };
}
