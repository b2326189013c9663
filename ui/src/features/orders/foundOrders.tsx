import { Package } from "lucide-react";
import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import type { FoundOrders } from "../../ipc";
import type { Action } from "../../lib/actions";
import { furtherActions } from "../../lib/further";
import type { Go } from "../../lib/go";
import { money } from "../../lib/money";
import { incomplete, statusMark } from "../../lib/statuses";

/** Orders that hold a text: each leads to itself in the list, and the last line to all of them. */
export function foundOrders(go: Go, store: string, text: string, { best, count: all }: FoundOrders): Action[] {
  const group = t("nav.orders");
  const actions: Action[] = best.map((order) => ({
    id: `found-order-${order.id}`,
    group,
    label: [order.id, order.customer].filter(Boolean).join(" "),
    more: `${order.statusLabel}, ${money(order.total)}`,
    icon: <Mark {...statusMark(order.statusId)} />,
    // The list that is behind it holds it too.
    run: () =>
      go.orders(store, { status: "all", open: order.id, ...(order.statusId === incomplete ? { incomplete: "1" } : {}) }),
  }));
  // A checkout that was never finished is not among those that are counted.
  const further = all - best.filter(({ statusId }) => statusId !== incomplete).length;
  return [
    ...actions,
    ...furtherActions({
      id: "found-orders",
      group,
      icon: <Package aria-hidden />,
      all,
      further,
      run: () => go.orders(store, { status: "all", q: text }),
    }),
  ];
}
