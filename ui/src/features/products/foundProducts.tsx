import { Tag } from "lucide-react";
import { t } from "../../i18n";
import type { FoundProducts } from "../../ipc";
import type { Action } from "../../lib/actions";
import { furtherActions } from "../../lib/further";
import type { Go } from "../../lib/go";
import { money } from "../../lib/money";
import { productName } from "../../lib/productName";

/** Products that hold a text: each leads to itself in the list, and the last line to all of them. */
export function foundProducts(go: Go, store: string, text: string, { best, count: all }: FoundProducts): Action[] {
  const group = t("nav.products");
  const actions: Action[] = best.map((product) => ({
    id: `found-product-${product.id}`,
    group,
    label: productName(product),
    more: [product.sku, money(product.price)].filter(Boolean).join(", "),
    icon: <Tag aria-hidden />,
    run: () => go.products(store, { show: "all", open: product.id }),
  }));
  const further = all - best.length;
  return [
    ...actions,
    ...furtherActions({
      id: "found-products",
      group,
      icon: <Tag aria-hidden />,
      all,
      further,
      run: () => go.products(store, { show: "all", q: text }),
    }),
  ];
}
