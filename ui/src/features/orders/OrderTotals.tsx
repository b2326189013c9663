import { CreditCard } from "lucide-react";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import type { MoneyDto, OrderDetail } from "../../ipc";
import { isZero, money, negated } from "../../lib/money";
import css from "./OrderTotals.module.css";

/** Props of {@link OrderTotals}. */
export type OrderTotalsProps = {
  /** The order. */
  detail: OrderDetail;
};

/** What it costs, line by line, and how it was paid. */
export function OrderTotals({ detail }: OrderTotalsProps) {
  const lines: [string, MoneyDto][] = [
    [t("order.subtotal"), detail.subtotal],
    ...(isZero(detail.discount) ? [] : [[t("order.discount"), negated(detail.discount)] as [string, MoneyDto]]),
    [t("order.shipping"), detail.shipping],
    [t("order.tax"), detail.tax],
    ...(isZero(detail.other) ? [] : [[t("order.other"), detail.other] as [string, MoneyDto]]),
  ];
  return (
    <Section>
      <dl className={css["lines"]} aria-label={t("order.totals")}>
        {lines.map(([label, amount]) => (
          <div key={label} className={css["line"]}>
            <dt>{label}</dt>
            <dd>{money(amount)}</dd>
          </div>
        ))}
        <div className={css["total"]}>
          <dt>{t("order.grandTotal")}</dt>
          <dd data-selectable>{money(detail.total)}</dd>
        </div>
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
