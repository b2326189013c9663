import { ArrowDownUp, Search } from "lucide-react";
import { t } from "../../i18n";
import { useOffer } from "../../lib/actions";
import { customerColumns } from "./customerColumns";
import type { CustomersList } from "./place";

/** Offers what can be done with the list of customers. */
export function useCustomersActions(list: CustomersList, onShow: (change: Partial<CustomersList>) => void): void {
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
