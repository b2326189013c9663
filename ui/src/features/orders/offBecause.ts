import { t } from "../../i18n";
import type { Store } from "../../ipc";
import { scopeWord } from "../../lib/scopes";

/** The store's token may not even read orders. */
export function cannotRead(store: Store): boolean {
  return store.missingScopes.some(({ scope, readable }) => scope === "orders" && !readable);
}

/** Why orders of a store can't be changed from here, or `null` if they can. */
export function ordersOffBecause(store: Store): string | null {
  if (store.safety === "readOnly") return t("order.off.readOnly");
  const missing = store.missingScopes.find(({ scope, level }) => level === "modify" && scope === "orders");
  if (missing) return t("order.off.scope", { label: scopeWord(missing.scope) });
  return null;
}
