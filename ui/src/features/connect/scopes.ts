import { type WordKey, t } from "../../i18n";
import { type FeatureName, type PresetName, type PresetScope, type ScopeLevel, type ScopeName, useRead } from "../../ipc";

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

const words: Record<FeatureName, Keys> = {
  storeFacts: { what: "scope.information.what", why: "scope.information.why", without: "scope.information.without" },
  orders: { what: "scope.orders.what", why: "scope.orders.why", without: "scope.orders.without" },
  orderChanges: {
    what: "scope.orders.modify.what",
    why: "scope.orders.modify.why",
    without: "scope.orders.modify.without",
  },
  products: { what: "scope.products.what", why: "scope.products.why", without: "scope.products.without" },
  productChanges: {
    what: "scope.products.modify.what",
    why: "scope.products.modify.why",
    without: "scope.products.modify.without",
  },
  customers: { what: "scope.customers.what", why: "scope.customers.why", without: "scope.customers.without" },
  storefrontNames: {
    what: "scope.channelSettings.what",
    why: "scope.channelSettings.why",
    without: "scope.channelSettings.without",
  },
  storefrontTokens: {
    what: "scope.storefrontTokens.what",
    why: "scope.storefrontTokens.why",
    without: "scope.storefrontTokens.without",
  },
};

/** The words about what a scope unlocks: about what goes farthest; `null` for one that nothing here asks for. */
export function scopeWords(unlocks: readonly FeatureName[]): ScopeWords | null {
  const farthest = unlocks.at(-1);
  if (!farthest) return null;
  const keys = words[farthest];
  return { what: t(keys.what), why: t(keys.why), without: t(keys.without) };
}

/** What a level of a scope unlocks, once that is known; nothing where none of the presets asks for it. */
export function useUnlocks(): (scope: ScopeName, level: ScopeLevel) => readonly FeatureName[] {
  const data = useRead("presets", undefined).data;
  const asked = [...(data?.presets.flatMap(({ scopes }) => scopes) ?? []), ...(data?.storefront ?? [])];
  return (scope, level) => {
    const same = asked.filter((one) => one.scope === scope);
    return (same.find((one) => one.level === level) ?? same[0])?.unlocks ?? [];
  };
}

/** The scopes that a preset asks for, with those for the storefront if it is wanted; empty until they are known. */
export function usePresetScopes(preset: PresetName, storefront: boolean): readonly PresetScope[] {
  const data = useRead("presets", undefined).data;
  const scopes = data?.presets.find((one) => one.preset === preset)?.scopes ?? [];
  return storefront ? [...scopes, ...(data?.storefront ?? [])] : scopes;
}
