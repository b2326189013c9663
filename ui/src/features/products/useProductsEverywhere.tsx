import { useLocation } from "@tanstack/react-router";
import { Plus, Tag } from "lucide-react";
import { t } from "../../i18n";
import type { Store } from "../../ipc";
import type { Action } from "../../lib/actions";
import { useGo } from "../../lib/go";
import { productsOffBecause } from "./offBecause";
import { productsTabs } from "./place";
import { useTabCounts } from "./ProductsTabs";

/** What can be done about products on every screen: going to each tab's list, and making one. */
export function useProductsEverywhere(store: Store): () => Action[] {
  const go = useGo();
  const counts = useTabCounts(store.key);
  const onProducts = useLocation({ select: ({ pathname }) => pathname.endsWith("/products") });
  return () => {
    const group = t("palette.products");
    return [
      ...productsTabs.map((tab) => ({
        id: `products-${tab}`,
        group,
        label: t("palette.productsIn", { label: t(`products.tab.${tab}`) }),
        more: t("products.count", { n: counts[tab] }),
        icon: <Tag aria-hidden />,
        run: () => go.products(store.key, { show: tab }),
      })),
      {
        id: "make-product",
        group,
        label: t("products.new"),
        icon: <Plus aria-hidden />,
        offBecause: productsOffBecause(store),
        // Their own screen offers it with its keys.
        unlisted: onProducts,
        run: () => go.productForm(store.key, null),
      },
    ];
  };
}
