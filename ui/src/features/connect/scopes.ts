import { type WordKey, t } from "../../i18n";
import { type PresetName, type PresetScope, type ScopeName, useRead } from "../../ipc";

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

/** Only scopes that some preset asks for have words. */
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
};

/** The words about a level of a scope; `null` for one that no preset asks for. */
export function scopeWords(scope: ScopeName, modify: boolean): ScopeWords | null {
  const levels = words[scope];
  const keys = modify ? (levels?.modify ?? levels?.readOnly) : levels?.readOnly;
  return keys ? { what: t(keys.what), why: t(keys.why), without: t(keys.without) } : null;
}

/** The scopes that a preset asks for; empty until they are known. */
export function usePresetScopes(preset: PresetName): readonly PresetScope[] {
  const presets = useRead("presets", undefined).data?.presets ?? [];
  return presets.find((one) => one.preset === preset)?.scopes ?? [];
}
