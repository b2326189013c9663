import type { ReactNode } from "react";
import { CopyButton } from "../../components/CopyButton";
import { HtmlPreview } from "../../components/html/HtmlPreview";
import { Mark } from "../../components/Mark";
import { Picture } from "../../components/Picture";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import { type ProductDetail, type Store, pictureFor } from "../../ipc";
import { count } from "../../lib/counts";
import { fullDate } from "../../lib/dates";
import { minus, percentOf, writePercent } from "../../lib/decimals";
import { isZero, money } from "../../lib/money";
import { productName } from "../../lib/productName";
import { weight } from "../../lib/weights";
import { Price } from "./Price";
import css from "./ProductFacts.module.css";
import { StockWord } from "./StockWord";

/** Props of {@link ProductFacts}. */
export type ProductFactsProps = {
  /** The store. */
  store: Store;
  /** The product. */
  detail: ProductDetail;
};

const pictureSize = 112;

type Fact = { label: string; value: ReactNode; copy?: { text: string; what: string } };

function Facts({ facts, label }: { facts: readonly (Fact | null)[]; label: string }) {
  return (
    <dl className={css["facts"]} aria-label={label}>
      {facts.map((fact) =>
        fact === null ? null : (
          <div key={fact.label} className={css["fact"]}>
            <dt>{fact.label}</dt>
            <dd>
              <span data-selectable>{fact.value}</span>
              {fact.copy ? <CopyButton {...fact.copy} /> : null}
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** What is left of the price the storefront shows, once the cost is paid. */
function margin({ calculatedPrice, costPrice }: ProductDetail): string | null {
  if (costPrice === null || isZero(calculatedPrice)) return null;
  const amount = minus(calculatedPrice.amount, costPrice.amount);
  const percent = percentOf(amount, calculatedPrice.amount);
  const left = money({ amount, currency: calculatedPrice.currency });
  return percent === null ? left : t("product.marginOf", { amount: left, percent: writePercent(percent, 1) });
}

const text = (label: string, value: string): Fact | null => (value === "" ? null : { label, value });

/** What there is to know about a product. */
export function ProductFacts({ store, detail }: ProductFactsProps) {
  const { stock, inventoryLevel: level } = detail;
  const shown = !detail.salePrice && detail.calculatedPrice.amount === detail.price.amount;
  const left = margin(detail);
  return (
    <>
      <Section>
        <div className={css["first"]}>
          <Picture
            address={pictureFor(store.key, detail.id, detail.picture, pictureSize)}
            name={productName(detail)}
            alt={detail.picture?.description || productName(detail)}
            size={pictureSize}
          />
          <div className={css["beside"]}>
            <p className={css["price"]} data-selectable>
              <Price price={detail.price} sale={detail.salePrice} />
            </p>
            <p className={css["state"]}>
              {detail.isVisible ? <Mark shape="full" kind="ok" /> : <Mark shape="barred" kind="idle" />}
              {t(detail.isVisible ? "product.visible" : "product.isHidden")}
            </p>
            <p className={css["state"]}>
              <StockWord stock={stock} level={level} inline />
            </p>
          </div>
        </div>
      </Section>
      <Section title={t("product.prices")}>
        <Facts
          label={t("product.prices")}
          facts={[
            { label: t("product.price"), value: money(detail.price) },
            detail.salePrice ? { label: t("product.salePrice"), value: money(detail.salePrice) } : null,
            shown ? null : { label: t("product.shownPrice"), value: money(detail.calculatedPrice) },
            { label: t("product.cost"), value: detail.costPrice ? money(detail.costPrice) : t("common.none") },
            left === null ? null : { label: t("product.margin"), value: left },
            detail.retailPrice ? { label: t("product.msrp"), value: money(detail.retailPrice) } : null,
          ]}
        />
      </Section>
      <Section title={t("product.inventory")}>
        <Facts
          label={t("product.inventory")}
          facts={[
            {
              label: t("product.stock"),
              value:
                stock === "uncounted"
                  ? t("product.stock.none")
                  : detail.inventoryTracking === "variant"
                    ? t("product.stock.variants", { level: count(level) })
                    : count(level),
            },
            stock === "uncounted" || detail.inventoryWarningLevel === 0
              ? null
              : { label: t("product.stock.low"), value: count(detail.inventoryWarningLevel) },
          ]}
        />
      </Section>
      <Section title={t("product.details")}>
        <Facts
          label={t("product.details")}
          facts={[
            detail.sku === ""
              ? { label: t("product.sku"), value: t("common.none") }
              : { label: t("product.sku"), value: detail.sku, copy: { text: detail.sku, what: t("product.copy.sku") } },
            text(t("product.brand"), detail.brand),
            detail.categories.length === 0
              ? null
              : {
                  label: t("product.categories"),
                  value: (
                    <span className={css["categories"]}>
                      {detail.categories.map(({ names }) => (
                        <span key={names.join("/")}>{names.join(` ${t("product.category.in")} `)}</span>
                      ))}
                    </span>
                  ),
                },
            detail.upc === ""
              ? null
              : { label: t("product.upc"), value: detail.upc, copy: { text: detail.upc, what: t("product.copy.upc") } },
            detail.mpn === ""
              ? null
              : { label: t("product.mpn"), value: detail.mpn, copy: { text: detail.mpn, what: t("product.copy.mpn") } },
            {
              label: t("form.kind"),
              value: t(detail.isDigital ? "form.kind.digital" : "form.kind.physical"),
            },
            detail.isDigital ? null : { label: t("product.weight"), value: weight(detail.weight, store.weightUnit) },
            { label: t("product.number"), value: detail.id, copy: { text: detail.id, what: t("product.copy.number") } },
            text(t("product.url"), detail.url),
            detail.modifiedAt ? { label: t("products.column.modified"), value: fullDate(detail.modifiedAt) } : null,
          ]}
        />
      </Section>
      <Section title={t("product.description")}>
        {detail.description.trim() === "" ? (
          <p className={css["none"]}>{t("product.description.none")}</p>
        ) : (
          <HtmlPreview html={detail.description} hideLabel />
        )}
      </Section>
    </>
  );
}
