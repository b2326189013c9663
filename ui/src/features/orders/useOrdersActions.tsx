import { ArrowDownUp, CalendarX, Eye, EyeOff, Filter, ListChecks, Pencil, Search, Users, X } from "lucide-react";
import { t } from "../../i18n";
import { type OrderRow, type StatusTab, type Store, type Ticked, useRead } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { useChanging } from "../../lib/changing";
import { ordersOffBecause } from "./offBecause";
import { orderColumns } from "./orderColumns";
import { changeStatuses } from "./changeStatuses";
import type { OrdersList } from "./place";
import { statusActions } from "./statusActions";

/** What the orders' screen can do for its actions. */
export type OrdersParts = {
  /** The store. */
  store: Store | null;
  /** What the list shows. */
  list: OrdersList;
  /** Rows in all. */
  count: number;
  /** What is ticked. */
  ticked: Ticked<OrderRow>;
  /** Shows another list. */
  onShow: (change: Partial<OrdersList>) => void;
  /** Opens the list of statuses for what is ticked. */
  onChoose: () => void;
};

const noStatuses: readonly StatusTab[] = [];

/** Offers what can be done with the list of orders, and with those that are ticked. */
export function useOrdersActions({ store, list, count, ticked, onShow, onChoose }: OrdersParts): void {
  const changing = useChanging();
  const statuses = useRead("statuses", { store: store?.key ?? "" }, { enabled: store !== null }).data?.statuses ?? noStatuses;

  useOffer("ticked", () => {
    if (!store || ticked.count === 0) return [];
    const group = t("palette.ticked", { n: ticked.count });
    const offBecause = ordersOffBecause(store) ?? (ticked.reading ? t("orders.bulk.reading") : null);
    const onChange = (statusId: number) =>
      changing.propose(changeStatuses(store.key, ticked.ids, statusId), ticked.clear);
    return [
      {
        id: "ticked-status",
        group,
        label: t("orders.bulk.change"),
        icon: <Pencil aria-hidden />,
        keys: "status",
        offBecause,
        run: onChoose,
      },
      { id: "ticked-clear", group, label: t("orders.untick"), icon: <X aria-hidden />, run: ticked.clear },
      ...statusActions(statuses, { id: "ticked-status", group, current: null, offBecause, onChoose: onChange }),
    ];
  });

  useOffer("screen", () => {
    const group = t("palette.list");
    const sortable = orderColumns.filter(({ sortable }) => sortable);
    return [
      {
        id: "select-all",
        group,
        label: t("grid.selectAll"),
        more: t("orders.count", { n: count }),
        icon: <ListChecks aria-hidden />,
        keys: "selectAll",
        offBecause: count === 0 ? t("orders.noneToTick") : null,
        run: ticked.setAll,
      },
      ...(list.search === ""
        ? []
        : [
            {
              id: "clear-search",
              group,
              label: t("search.clear"),
              more: list.search,
              icon: <Search aria-hidden />,
              run: () => onShow({ search: "" }),
            },
          ]),
      ...(list.statusId === null
        ? []
        : [
            {
              id: "all-statuses",
              group,
              label: t("orders.empty.showAll"),
              icon: <Filter aria-hidden />,
              run: () => onShow({ statusId: null }),
            },
          ]),
      ...(list.customer === null
        ? []
        : [
            {
              id: "all-customers",
              group,
              label: t("orders.allCustomers"),
              icon: <Users aria-hidden />,
              run: () => onShow({ customer: null }),
            },
          ]),
      ...(list.placedFrom === null && list.placedTo === null
        ? []
        : [
            {
              id: "all-days",
              group,
              label: t("orders.empty.allDays"),
              icon: <CalendarX aria-hidden />,
              run: () => onShow({ placedFrom: null, placedTo: null }),
            },
          ]),
      {
        id: "incomplete",
        group,
        label: t(list.showIncomplete ? "orders.hideIncomplete" : "orders.showIncomplete"),
        icon: list.showIncomplete ? <EyeOff aria-hidden /> : <Eye aria-hidden />,
        run: () => onShow({ showIncomplete: !list.showIncomplete }),
      },
      ...sortable.map(({ id, label, align }) => {
        const sort = (id === "order" ? "number" : id) as OrdersList["sort"];
        const isNow = list.sort === sort;
        return {
          id: `sort-${id}`,
          group,
          label: t("palette.sortBy", { column: label }),
          more: isNow ? t(list.descending ? "grid.sortedDown" : "grid.sortedUp") : "",
          icon: <ArrowDownUp aria-hidden />,
          run: () => onShow({ sort, descending: isNow ? !list.descending : align === "end" }),
        };
      }),
    ];
  });
}
