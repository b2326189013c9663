import { t } from "../../../i18n";
import { compareDecimals, minus, percentOf, writePercent } from "../../../lib/decimals";
import { money } from "../../../lib/money";
import type { FieldState } from "./draft";
import css from "./ProductForm.module.css";

/** Props of {@link Margin}. */
export type MarginProps = {
  /** ISO 4217 code. */
  currency: string;
  /** The price. */
  price: FieldState<"price">;
  /** The sale price. */
  sale: FieldState<"salePrice">;
  /** The cost. */
  cost: FieldState<"costPrice">;
};

const isSome = (amount: string | null): amount is string =>
  amount !== null && amount !== "" && compareDecimals(amount, "0") > 0;

/** What is left of a price once the cost is paid, and its part of the price; nothing where one of them is missing. */
function marginOf(price: string | null, cost: string | null, currency: string) {
  if (!isSome(price) || !isSome(cost)) return null;
  const left = minus(price, cost);
  const percent = percentOf(left, price);
  return percent === null
    ? null
    : { amount: money({ amount: left, currency }), percent: writePercent(percent, 1), isLoss: left.startsWith("-") };
}

const words = ({ amount, percent }: { amount: string; percent: string }) => ({ amount, percent });

/** What is left of price and sale price, and what was left before they were typed over. */
export function Margin({ currency, price, sale, cost }: MarginProps) {
  const now = marginOf(price.value, cost.value, currency);
  if (now === null) return null;
  const before = price.changed || cost.changed ? marginOf(price.store, cost.store, currency) : null;
  const atSale = isSome(sale.value) ? marginOf(sale.value, cost.value, currency) : null;
  return (
    <p className={css["margin"]}>
      <span>{t("form.margin", words(now))}</span>
      {atSale ? <span>{t("form.marginAtSale", words(atSale))}</span> : null}
      {before ? <span className={css["before"]}>{t("form.marginBefore", words(before))}</span> : null}
      {now.isLoss || atSale?.isLoss ? <strong>{t("form.margin.loss")}</strong> : null}
    </p>
  );
}
