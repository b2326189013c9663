import { ArrowDownUp, CalendarX, Eye, EyeOff, Filter, ListChecks, Plus, Search, X } from "lucide-react";
import { t } from "../../i18n";
import type { ProductRow, Store, Ticked } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { useChanging } from "../../lib/changing";
import { productsOffBecause } from "./offBecause";
import type { ProductsList } from "./place";
import { productColumns } from "./productColumns";
import { showMany } from "./showMany";

/** What the products' screen can do for its actions. */
export type ProductsParts = {
  /** The store. */
  store: Store | null;
  /** What the list shows. */
  list: ProductsList;
  /** Rows in all. */
  count: number;
  /** What is ticked. */
  ticked: Ticked<ProductRow>;
  /** Shows another list. */
  onShow: (change: Partial<ProductsList>) => void;
  /** Opens the form of a new product. */
  onNew: () => void;
};

/** Offers what can be done with the list of products, and with those that are ticked. */
export function useProductsActions({ store, list, count, ticked, onShow, onNew }: ProductsParts): void {
  const changing = useChanging();

  useOffer("ticked", () => {
    if (!store || ticked.count === 0) return [];
    const group = t("palette.tickedProducts", { n: ticked.count });
    const offBecause = productsOffBecause(store) ?? (ticked.reading ? t("products.bulk.reading") : null);
    const set = (isVisible: boolean) => changing.propose(showMany(store.key, ticked.ids, isVisible), ticked.clear);
    return [
      {
        id: "ticked-show",
        group,
        label: t("products.bulk.show"),
        icon: <Eye aria-hidden />,
        offBecause,
        run: () => set(true),
      },
      {
        id: "ticked-hide",
        group,
        label: t("products.bulk.hide"),
        icon: <EyeOff aria-hidden />,
        offBecause,
        run: () => set(false),
      },
      { id: "ticked-clear", group, label: t("products.untick"), icon: <X aria-hidden />, run: ticked.clear },
    ];
  });

  useOffer("screen", () => {
    const group = t("palette.list");
    const sortable = productColumns("", 0).filter(({ sortable }) => sortable);
    return [
      {
        id: "new-product",
        group,
        label: t("products.new"),
        icon: <Plus aria-hidden />,
        keys: "create",
        offBecause: store ? productsOffBecause(store) : null,
        run: onNew,
      },
      {
        id: "select-all",
        group,
        label: t("grid.selectAll"),
        more: t("products.count", { n: count }),
        icon: <ListChecks aria-hidden />,
        keys: "selectAll",
        offBecause: count === 0 ? t("products.noneToTick") : null,
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
      ...(list.tab === "all"
        ? []
        : [
            {
              id: "all-products",
              group,
              label: t("products.empty.showAll"),
              icon: <Filter aria-hidden />,
              run: () => onShow({ tab: "all" }),
            },
          ]),
      ...(list.modifiedFrom === null
        ? []
        : [
            {
              id: "any-day",
              group,
              label: t("products.empty.anyDay"),
              icon: <CalendarX aria-hidden />,
              run: () => onShow({ modifiedFrom: null }),
            },
          ]),
      ...sortable.map(({ id, label, align }) => {
        const sort = id as ProductsList["sort"];
        const isNow = list.sort === sort;
        return {
          id: `sort-${id}`,
          group,
          label: t("palette.sortBy", { column: label }),
          more: isNow ? t(list.descending ? "grid.sortedDown" : "grid.sortedUp") : "",
          icon: <ArrowDownUp aria-hidden />,
          run: () => onShow({ sort, descending: isNow ? !list.descending : align === "end" || id === "modified" }),
        };
      }),
    ];
  });
}
