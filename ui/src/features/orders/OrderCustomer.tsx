import { Badge } from "../../components/Badge";
import { CopyButton } from "../../components/CopyButton";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import type { OrderDetail } from "../../ipc";
import { addressLines } from "./addressLines";
import css from "./OrderCustomer.module.css";

/** Props of {@link OrderCustomer}. */
export type OrderCustomerProps = {
  /** The order. */
  detail: OrderDetail;
};

/** Who ordered, how to reach them, and what they wrote. */
export function OrderCustomer({ detail }: OrderCustomerProps) {
  const { billing } = detail;
  const lines = addressLines(billing);
  const whole = [billing.name, billing.company, ...lines].filter(Boolean).join("\n");
  return (
    <Section
      title={t("order.customer")}
      end={detail.customerOrders > 0 ? t("order.customer.orders", { n: detail.customerOrders }) : null}
    >
      <div className={css["sides"]}>
        <div className={css["side"]}>
          <p className={css["name"]}>
            <span data-selectable>{detail.customer || t("orders.noCustomer")}</span>
            {detail.isGuest ? <Badge>{t("order.customer.guest")}</Badge> : null}
          </p>
          {billing.company ? <p data-selectable>{billing.company}</p> : null}
          {billing.email ? (
            <p className={css["value"]}>
              <span data-selectable>{billing.email}</span>
              <CopyButton text={billing.email} what={t("order.copy.email")} />
            </p>
          ) : null}
          {billing.phone ? (
            <p className={css["value"]}>
              <span data-selectable>{billing.phone}</span>
              <CopyButton text={billing.phone} what={t("order.copy.phone")} />
            </p>
          ) : null}
        </div>
        {lines.length > 0 ? (
          <div className={css["address"]}>
            {lines.map((line, at) => (
              <p key={line} className={css["value"]}>
                <span data-selectable>{line}</span>
                {at === lines.length - 1 ? <CopyButton text={whole} what={t("order.copy.address")} /> : null}
              </p>
            ))}
          </div>
        ) : null}
      </div>
      {detail.customerMessage ? (
        <blockquote className={css["message"]} aria-label={t("order.message")} data-selectable>
          {t("activity.quoted", { text: detail.customerMessage })}
        </blockquote>
      ) : null}
    </Section>
  );
}
