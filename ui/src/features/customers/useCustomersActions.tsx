import { ArrowDownUp, CalendarX, Package, Search } from "lucide-react";
import { t } from "../../i18n";
import { useOffer } from "../../lib/actions";
import { useGo } from "../../lib/go";
import { customerColumns } from "./customerColumns";
import type { CustomersList } from "./place";

/** Offers what can be done with the list of customers. */
export function useCustomersActions(
  store: string,
  list: CustomersList,
  onShow: (change: Partial<CustomersList>) => void,
): void {
  const go = useGo();
  useOffer("screen", () => {
    const group = t("palette.list");
    return [
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
            {
              id: "search-orders",
              group,
              label: t("customers.nothing.inOrders"),
              more: list.search,
              icon: <Package aria-hidden />,
              run: () => go.orders(store, { status: "all", q: list.search }),
            },
          ]),
      ...(list.registeredFrom === null
        ? []
        : [
            {
              id: "all-customers",
              group,
              label: t("customers.empty.showAll"),
              icon: <CalendarX aria-hidden />,
              run: () => onShow({ registeredFrom: null }),
            },
          ]),
      ...customerColumns
        .filter(({ sortable }) => sortable)
        .map(({ id, label, align }) => {
          const sort = id as CustomersList["sort"];
          const isNow = list.sort === sort;
          return {
            id: `sort-${id}`,
            group,
            label: t("palette.sortBy", { column: label }),
            more: isNow ? t(list.descending ? "grid.sortedDown" : "grid.sortedUp") : "",
            icon: <ArrowDownUp aria-hidden />,
            run: () => onShow({ sort, descending: isNow ? !list.descending : align === "end" || id === "registered" }),
          };
        }),
    ];
  });
}
