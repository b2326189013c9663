import { type WordKey, t } from "../../i18n";
import { type PresetName, type PresetScope, type ScopeLevel, type ScopeName, useRead } from "../../ipc";

/** What is said about one level of a scope. */
export type ScopeWords = {
  /** What it unlocks here. */
  what: string;
  /** Why that is wanted. */
  why: string;
  /** What stays off without it. */
  without: string;
};

type Keys = { what: WordKey; why: WordKey; without: WordKey };

/** Only scopes that some preset asks for, or the storefront, have words. */
const words: Partial<Record<ScopeName, { readOnly: Keys; modify: Keys | null }>> = {
  information: {
    readOnly: { what: "scope.information.what", why: "scope.information.why", without: "scope.information.without" },
    modify: null,
  },
  orders: {
    readOnly: { what: "scope.orders.what", why: "scope.orders.why", without: "scope.orders.without" },
    modify: { what: "scope.orders.modify.what", why: "scope.orders.modify.why", without: "scope.orders.modify.without" },
  },
  products: {
    readOnly: { what: "scope.products.what", why: "scope.products.why", without: "scope.products.without" },
    modify: {
      what: "scope.products.modify.what",
      why: "scope.products.modify.why",
      without: "scope.products.modify.without",
    },
  },
  customers: {
    readOnly: { what: "scope.customers.what", why: "scope.customers.why", without: "scope.customers.without" },
    modify: null,
  },
  channelSettings: {
    readOnly: {
      what: "scope.channelSettings.what",
      why: "scope.channelSettings.why",
      without: "scope.channelSettings.without",
    },
    modify: null,
  },
  storefrontTokens: {
    readOnly: {
      what: "scope.storefrontTokens.what",
      why: "scope.storefrontTokens.why",
      without: "scope.storefrontTokens.without",
    },
    modify: null,
  },
};

/** The words about a level of a scope; `null` for one that nothing here asks for. */
export function scopeWords(scope: ScopeName, level: ScopeLevel): ScopeWords | null {
  const levels = words[scope];
  const keys = level !== "readOnly" ? (levels?.modify ?? levels?.readOnly) : levels?.readOnly;
  return keys ? { what: t(keys.what), why: t(keys.why), without: t(keys.without) } : null;
}

/** The scopes that a preset asks for, with those for the storefront if it is wanted; empty until they are known. */
export function usePresetScopes(preset: PresetName, storefront: boolean): readonly PresetScope[] {
  const data = useRead("presets", undefined).data;
  const scopes = data?.presets.find((one) => one.preset === preset)?.scopes ?? [];
  return storefront ? [...scopes, ...(data?.storefront ?? [])] : scopes;
}
