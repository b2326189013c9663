import { t } from "../../i18n";
import type { PendingField, Store } from "../../ipc";
import { scopeWord } from "../../lib/scopes";

/** Why products of a store can't be changed from here, or `null` if they can. */
export function productsOffBecause(store: Store): string | null {
  if (store.safety === "readOnly") return t("product.off.readOnly");
  const missing = store.missingScopes.find(({ scope }) => scope === "products");
  return missing ? t("product.off.scope", { label: scopeWord(missing.scope) }) : null;
}

/** The store's token may not even read products. */
export function cannotRead(store: Store): boolean {
  return store.missingScopes.some(({ scope, readable }) => scope === "products" && !readable);
}

/** The change is on its way, or it is not known yet what became of it. */
export function isOnItsWay({ state }: PendingField): boolean {
  return state === "waiting" || state === "sending" || state === "unknown";
}

/** The store did not take the change. */
export function isRefused({ state }: PendingField): boolean {
  return state === "refused" || state === "conflict" || state === "notApplied" || state === "unclear";
}
