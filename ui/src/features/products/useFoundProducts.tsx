import { Tag } from "lucide-react";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { type Found, isSearchable, mostFound, nothingFound } from "../../lib/found";
import { useGo } from "../../lib/go";
import { money } from "../../lib/money";
import { productName } from "../../lib/productName";
import { productsQuery } from "./query";

/** Products in whose name, SKU, brand or description the text is found. */
export function useFoundProducts(store: string, text: string): Found {
  const go = useGo();
  const search = text.trim();
  const enabled = isSearchable(search);
  const list = { tab: "all", modifiedFrom: null, search, sort: "name", descending: false } as const;
  const opened = useRead("openProducts", productsQuery(store, list), { enabled });
  const view = enabled ? (opened.data ?? null) : null;
  const read = useRead(
    "productRows",
    { view: view?.view ?? "", from: 0, to: mostFound },
    { enabled: view !== null && view.count > 0 },
  );
  if (!enabled) return nothingFound;
  const group = t("palette.found");
  const rows = view && view.count > 0 ? (read.data?.rows ?? []) : [];
  const actions = rows.flatMap((row) =>
    row === null
      ? []
      : [
          {
            id: `found-product-${row.id}`,
            group,
            label: productName(row),
            more: [row.sku, money(row.salePrice ?? row.price)].filter(Boolean).join(", "),
            icon: <Tag aria-hidden />,
            run: () => go.products(store, { show: "all", q: search, open: row.id }),
          },
        ],
  );
  if (view && view.count > actions.length && actions.length > 0) {
    actions.push({
      id: "found-products",
      group,
      label: t("palette.foundProducts", { n: view.count, text: search }),
      more: "",
      icon: <Tag aria-hidden />,
      run: () => go.products(store, { show: "all", q: search }),
    });
  }
  return { actions, reading: opened.isFetching || read.isFetching };
}
