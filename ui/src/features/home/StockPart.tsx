import { Button } from "../../components/Button";
import { Mark } from "../../components/Mark";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import type { HomeNumbers, ProductRow, Store } from "../../ipc";
import { count } from "../../lib/counts";
import { type ProductsPlace, useGo } from "../../lib/go";
import { scopeWord } from "../../lib/scopes";
import type { AreaView } from "./areas";
import css from "./Lines.module.css";
import { ProductLines } from "./ProductLines";
import { ToList } from "./ToList";

/** Props of {@link StockPart}. */
export type StockPartProps = {
  /** The store. */
  store: Store;
  /** What to show. */
  numbers: HomeNumbers;
  /** How its products are doing. */
  area: AreaView;
};

const outList: ProductsPlace = { show: "out", sort: "modified", way: "down" };
const lowList: ProductsPlace = { show: "low", sort: "stock", way: "up" };

const marks = { out: { shape: "cross", kind: "bad" }, low: { shape: "half", kind: "warn" } } as const;

/** Products that have run out, then those that soon will have. */
export function StockPart({ store, numbers, area }: StockPartProps) {
  const go = useGo();
  const { outOfStock, lowStock, outOfStockRows, lowStockRows, someByVariant } = numbers;

  const said = () => {
    switch (area.is) {
      case "outOfReach":
        return (
          <>
            <p className={css["none"]}>
              {t("home.scope.products")}. {t("home.scope.more", { label: scopeWord("products") })}
            </p>
            <p className={css["note"]}>
              <Button onPress={() => go.connect(store.key)}>{t("home.scope.step")}</Button>
            </p>
          </>
        );
      case "loading":
        return <p className={css["none"]}>{t("products.empty.pulling")}</p>;
      case "waiting":
        return <p className={css["none"]}>{t("products.empty.notPulled")}</p>;
      case "here":
        if (area.here === 0) return <p className={css["none"]}>{t("home.stock.noProducts")}</p>;
        if (outOfStock + lowStock === 0) return <p className={css["none"]}>{t("home.stock.none")}</p>;
        return (
          <ProductLines
            store={store.key}
            rows={[...outOfStockRows, ...lowStockRows]}
            end={StockState}
            onOpen={(row) => go.products(store.key, { ...(row.stock === "out" ? outList : lowList), open: row.id })}
          />
        );
    }
  };

  return (
    <Section
      level={2}
      title={t("home.stock")}
      end={
        area.is === "here" && outOfStock + lowStock > 0 ? (
          <span className={css["links"]}>
            {outOfStock > 0 ? (
              <ToList look="words" onPress={() => go.products(store.key, outList)}>
                {t("home.stock.out", { n: count(outOfStock) })}
              </ToList>
            ) : null}
            {lowStock > 0 ? (
              <ToList look="words" onPress={() => go.products(store.key, lowList)}>
                {t("home.stock.low", { n: count(lowStock) })}
              </ToList>
            ) : null}
          </span>
        ) : undefined
      }
    >
      {said()}
      {area.is === "here" && someByVariant ? <p className={css["note"]}>{t("stock.byVariant")}</p> : null}
    </Section>
  );
}

function StockState({ row }: { row: ProductRow }) {
  const is = row.stock === "out" ? "out" : "low";
  return (
    <>
      <span className={css["state"]}>
        <Mark {...marks[is]} />
        {t(`stock.${is}`)}
      </span>
      <span className={css["number"]}>{is === "out" ? "" : t("home.stock.left", { n: count(row.inventoryLevel) })}</span>
    </>
  );
}
