import { t } from "../i18n";
import type { StatusTab } from "../ipc/bindings";

/** A status's name: the store's own label, with BigCommerce's behind it where two labels are alike. */
export function statusName(status: StatusTab, all: readonly StatusTab[]): string {
  const twins = all.filter(({ label }) => label === status.label).length > 1;
  return twins ? t("orders.tab.twin", { label: status.label, system: status.systemLabel }) : status.label;
}
