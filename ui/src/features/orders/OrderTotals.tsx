import { CreditCard } from "lucide-react";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import type { MoneyDto, OrderDetail } from "../../ipc";
import { shortDate } from "../../lib/dates";
import { minus, writePercent } from "../../lib/decimals";
import { addUp, isZero, money, negated } from "../../lib/money";
import css from "./OrderTotals.module.css";

/** Props of {@link OrderTotals}. */
export type OrderTotalsProps = {
  /** The order. */
  detail: OrderDetail;
};

type Line = { key: string; label: string; amount: MoneyDto };

/** Discounts, each coupon by its code; what the coupons don't explain stays one line. */
function discounts({ discount, parts }: OrderDetail): Line[] {
  if (isZero(discount)) return [];
  const coupons = parts?.coupons ?? [];
  const [ofCoupons] = addUp(coupons.map((coupon) => coupon.discount));
  const rest = ofCoupons ? minus(discount.amount, ofCoupons.amount) : discount.amount;
  // Coupons that come to more than all discounts together say something we don't understand.
  if (rest.startsWith("-")) return [{ key: "discount", label: t("order.discount"), amount: negated(discount) }];
  const remaining = { amount: rest, currency: discount.currency };
  return [
    ...coupons
      .filter((coupon) => !isZero(coupon.discount))
      .map((coupon) => ({
        key: `coupon ${coupon.code}`,
        label: t("order.coupon", { code: coupon.code }),
        amount: negated(coupon.discount),
      })),
    ...(isZero(remaining)
      ? []
      : [{ key: "discount", label: t(ofCoupons ? "order.discounts" : "order.discount"), amount: negated(remaining) }]),
  ];
}

/** A line of its own, where there is something to say. */
function ifAny(key: string, label: string, amount: MoneyDto | null): Line[] {
  return amount === null || isZero(amount) ? [] : [{ key, label, amount }];
}

/** Taxes by name and rate, if they make up the order's tax; otherwise that alone. */
function taxes({ tax, parts }: OrderDetail): Line[] {
  const named = parts?.taxes ?? [];
  const [sum] = addUp(named.map(({ amount }) => amount));
  const agrees = sum !== undefined && isZero({ amount: minus(sum.amount, tax.amount), currency: "" });
  if (!agrees) return [{ key: "tax", label: t("order.tax"), amount: tax }];
  return named.map(({ name, rate, amount }, at) => ({
    key: `tax ${at}`,
    label: t("order.taxNamed", { name: name || t("order.tax"), rate: writePercent(rate) }),
    amount,
  }));
}

/** What it costs, line by line, how it was paid, and what went back. */
export function OrderTotals({ detail }: OrderTotalsProps) {
  const refunds = detail.parts?.refunds ?? [];
  const lines: Line[] = [
    { key: "subtotal", label: t("order.subtotal"), amount: detail.subtotal },
    ...discounts(detail),
    { key: "shipping", label: t("order.shipping"), amount: detail.shipping },
    ...ifAny("handling", t("order.handling"), detail.handling),
    ...ifAny("wrapping", t("order.wrapping"), detail.wrapping),
    ...taxes(detail),
    ...ifAny("other", t("order.other"), detail.other),
  ];
  const paid = [
    ...ifAny("credit", t("order.paidWith.credit"), detail.storeCredit),
    ...ifAny("gift", t("order.paidWith.gift"), detail.giftCertificates),
  ];
  return (
    <Section>
      <dl className={css["lines"]} aria-label={t("order.totals")}>
        {lines.map(({ key, label, amount }) => (
          <div key={key} className={css["line"]}>
            <dt>{label}</dt>
            <dd>{money(amount)}</dd>
          </div>
        ))}
        <div className={css["total"]}>
          <dt>{t("order.grandTotal")}</dt>
          <dd data-selectable>{money(detail.total)}</dd>
        </div>
        {paid.map(({ key, label, amount }) => (
          <div key={key} className={css["line"]}>
            <dt>{label}</dt>
            <dd>{money(amount)}</dd>
          </div>
        ))}
        {refunds.map(({ createdAt, reason, amount }, at) => (
          <div key={`refund ${at}`} className={css["line"]}>
            <dt>
              {[
                createdAt
                  ? t("order.refunded.on", { when: shortDate(createdAt, { inSentence: true }) })
                  : t("order.refunded"),
                reason,
              ]
                .filter(Boolean)
                .join(", ")}
            </dt>
            <dd>{money(negated(amount))}</dd>
          </div>
        ))}
        <div className={css["paid"]}>
          <dt>
            <CreditCard role="img" aria-label={t("order.payment")} />
            {detail.paymentMethod || t("order.payment.none")}
          </dt>
          <dd>{detail.paymentStatus}</dd>
        </div>
      </dl>
    </Section>
  );
}
