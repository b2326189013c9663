import { Users } from "lucide-react";
import { t } from "../../i18n";
import type { FoundCustomers } from "../../ipc";
import type { Action } from "../../lib/actions";
import { furtherActions } from "../../lib/further";
import type { Go } from "../../lib/go";

/** Customers that hold a text: each leads to themselves in the list, and the last line to all of them. */
export function foundCustomers(go: Go, store: string, text: string, { best, count: all }: FoundCustomers): Action[] {
  const group = t("nav.customers");
  const actions: Action[] = best.map(({ id, name, email, orders }) => ({
    id: `found-customer-${id}`,
    group,
    label: name || t("customers.noName"),
    more: [email === name ? "" : email, t("orders.count", { n: orders })].filter(Boolean).join(", "),
    icon: <Users aria-hidden />,
    run: () => go.customers(store, { open: id }),
  }));
  const further = all - best.length;
  return [
    ...actions,
    ...furtherActions({
      id: "found-customers",
      group,
      icon: <Users aria-hidden />,
      all,
      further,
      run: () => go.customers(store, { q: text }),
    }),
  ];
}
