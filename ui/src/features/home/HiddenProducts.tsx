import { Section } from "../../components/Section";
import { t } from "../../i18n";
import type { HomeNumbers, ProductRow } from "../../ipc";
import { count } from "../../lib/counts";
import { type ProductsPlace, useGo } from "../../lib/go";
import css from "./Lines.module.css";
import { ProductLines } from "./ProductLines";
import { ToList } from "./ToList";

/** Props of {@link HiddenProducts}. */
export type HiddenProductsProps = {
  /** The store's key. */
  store: string;
  /** What to show. */
  numbers: HomeNumbers;
};

const list: ProductsPlace = { show: "hidden", sort: "stock", way: "down" };

/** Products that nobody can find in the shop, those with the most in stock first. */
export function HiddenProducts({ store, numbers }: HiddenProductsProps) {
  const go = useGo();
  const { hidden, hiddenInStock, hiddenRows } = numbers;
  return (
    <Section
      level={2}
      title={t("home.hidden")}
      end={
        hidden > 0 ? (
          <ToList look="words" onPress={() => go.products(store, list)}>
            {t("home.hidden.all", { n: count(hidden) })}
          </ToList>
        ) : undefined
      }
    >
      {hidden === 0 ? <p className={css["none"]}>{t("home.hidden.none")}</p> : null}
      <ProductLines
        store={store}
        rows={hiddenRows}
        end={HiddenState}
        onOpen={(row) => go.products(store, { ...list, open: row.id })}
      />
      {hiddenInStock > 0 ? <p className={css["note"]}>{t("home.hidden.note", { n: hiddenInStock })}</p> : null}
    </Section>
  );
}

function HiddenState({ row }: { row: ProductRow }) {
  return row.stock === "enough" || row.stock === "low" ? (
    <span className={css["wanting"]}>{t("home.hidden.inStock", { n: count(row.inventoryLevel) })}</span>
  ) : (
    <span className={css["quiet"]}>{t(row.stock === "out" ? "stock.inline.out" : "stock.uncounted")}</span>
  );
}
