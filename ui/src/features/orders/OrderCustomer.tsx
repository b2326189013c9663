import { AddressLines } from "../../components/AddressLines";
import { Badge } from "../../components/Badge";
import { CopyButton } from "../../components/CopyButton";
import { Section } from "../../components/Section";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import type { OrderDetail } from "../../ipc";
import { sameAddress } from "../../lib/addresses";
import { useGo } from "../../lib/go";
import css from "./OrderCustomer.module.css";

/** Props of {@link OrderCustomer}. */
export type OrderCustomerProps = {
  /** The store's key. */
  store: string;
  /** The order. */
  detail: OrderDetail;
};

/** Who ordered, how to reach them, what else they ordered, and what they wrote. */
export function OrderCustomer({ store, detail }: OrderCustomerProps) {
  const go = useGo();
  const { billing, customerId } = detail;
  const orders = t("order.customer.orders", { n: detail.customerOrders });
  const [goesTo, ...others] = detail.parts?.shippingAddresses ?? [];
  const shipsThere = goesTo !== undefined && others.length === 0 && sameAddress(goesTo.address, billing);
  const showOrders = () =>
    go.orders(
      store,
      customerId === null
        ? { status: "all", q: billing.email, open: detail.id }
        : { status: "all", customer: customerId, open: detail.id },
    );
  return (
    <Section
      title={t("order.customer")}
      end={
        detail.customerOrders === 0 ? null : detail.customerOrders > 1 ? (
          <TextButton size="small" onPress={showOrders}>
            {orders}
          </TextButton>
        ) : (
          orders
        )
      }
    >
      <div className={css["sides"]}>
        <div className={css["side"]}>
          <p className={css["name"]}>
            {customerId === null ? (
              <span data-selectable>{detail.customer || t("orders.noCustomer")}</span>
            ) : (
              <TextButton onPress={() => go.customers(store, { open: customerId })}>
                {detail.customer || t("orders.noCustomer")}
              </TextButton>
            )}
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
        <div className={css["address"]}>
          <p className={css["label"]}>{t(shipsThere ? "order.billedAndShipped" : "order.billedTo")}</p>
          <AddressLines address={billing} />
        </div>
      </div>
      {detail.customerMessage ? (
        <blockquote className={css["message"]} aria-label={t("order.message")} data-selectable>
          {t("activity.quoted", { text: detail.customerMessage })}
        </blockquote>
      ) : null}
    </Section>
  );
}
