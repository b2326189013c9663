import { Package } from "lucide-react";
import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import type { Action } from "../../lib/actions";
import { useGo } from "../../lib/go";
import { tabShortcuts } from "../../lib/shortcuts";
import { byWork, statusMark } from "../../lib/statuses";
import { statusName } from "../../lib/statusName";

/** What can be done about orders on every screen: going to each status's list. */
export function useOrdersEverywhere(store: string): () => Action[] {
  const go = useGo();
  const data = useRead("statuses", { store }).data;
  return () => {
    const group = t("palette.orders");
    const statuses = data?.statuses ?? [];
    return [
      {
        id: "orders-all",
        group,
        label: t("palette.ordersIn", { label: t("orders.tab.all") }),
        more: t("orders.count", { n: data?.total ?? 0 }),
        icon: <Package aria-hidden />,
        keys: tabShortcuts[0],
        run: () => go.orders(store, { status: "all" }),
      },
      ...byWork(statuses).map((status, at) => ({
        id: `orders-${status.statusId}`,
        group,
        label: t("palette.ordersIn", { label: statusName(status, statuses) }),
        more: t("orders.count", { n: status.count }),
        icon: <Mark {...statusMark(status.statusId)} />,
        keys: tabShortcuts[at + 1],
        run: () => go.orders(store, { status: String(status.statusId) }),
      })),
    ];
  };
}
