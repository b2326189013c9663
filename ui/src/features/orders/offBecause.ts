import { t } from "../../i18n";
import type { Store } from "../../ipc";

/** Why orders of a store can't be changed from here, or `null` if they can. */
export function ordersOffBecause(store: Store): string | null {
  if (store.safety === "readOnly") return t("order.off.readOnly");
  const missing = store.missingScopes.find(({ label, level }) => level === "modify" && label === "Orders");
  if (missing) return t("order.off.scope", { label: missing.label });
  return null;
}
