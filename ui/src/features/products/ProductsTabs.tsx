import { OverflowTabs } from "../../components/OverflowTabs";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { type ProductsTab, productsTabs } from "./place";

/** Props of {@link ProductsTabs}. */
export type ProductsTabsProps = {
  /** The store's key. */
  store: string;
  /** The chosen tab. */
  tab: ProductsTab;
  /** Told when another is chosen. */
  onChange: (tab: ProductsTab) => void;
};

/** How many products each tab holds. */
export function useTabCounts(store: string): Record<ProductsTab, number> {
  const numbers = useRead("home", { store }).data;
  const all = numbers?.products ?? 0;
  const hidden = numbers?.hidden ?? 0;
  return { all, visible: all - hidden, hidden, low: numbers?.lowStock ?? 0, out: numbers?.outOfStock ?? 0 };
}

/** All products, or those somebody has to look after. */
export function ProductsTabs({ store, tab, onChange }: ProductsTabsProps) {
  const counts = useTabCounts(store);
  return (
    <OverflowTabs
      label={t("products.tabs")}
      tabs={productsTabs.map((id) => ({ id, label: t(`products.tab.${id}`), count: counts[id] }))}
      value={tab}
      onChange={(id) => onChange(id as ProductsTab)}
    />
  );
}
