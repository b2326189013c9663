import { Section } from "../../components/Section";
import { StatusWord } from "../../components/StatusWord";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import type { CustomerDetail } from "../../ipc";
import { shortDate } from "../../lib/dates";
import { useGo } from "../../lib/go";
import { money } from "../../lib/money";
import css from "./CustomerPanel.module.css";

/** Props of {@link CustomerOrders}. */
export type CustomerOrdersProps = {
  /** The store's key. */
  store: string;
  /** The customer. */
  detail: CustomerDetail;
  /** Shows all of them in the orders' list. */
  onAll: () => void;
};

/** A customer's newest orders; a click opens one. */
export function CustomerOrders({ store, detail, onAll }: CustomerOrdersProps) {
  const go = useGo();
  const { newest, row } = detail;
  return (
    <Section
      title={t("customer.ordersTitle")}
      count={row.orders || null}
      end={
        row.orders > newest.length ? (
          <TextButton size="small" onPress={onAll}>
            {t("customer.orders.all")}
          </TextButton>
        ) : null
      }
    >
      {newest.length === 0 ? (
        <p className={css["none"]}>{t("customer.orders.none")}</p>
      ) : (
        <ul className={css["orders"]}>
          {newest.map((order) => (
            <li key={order.id}>
              <button
                type="button"
                className={css["order"]}
                onClick={() => go.orders(store, { status: "all", customer: row.id, open: order.id })}
              >
                <span className={css["number"]}>{order.id}</span>
                <span className={css["status"]}>
                  <StatusWord statusId={order.statusId} label={order.statusLabel} />
                  <span className={css["when"]}>{shortDate(order.placedAt)}</span>
                </span>
                <span className={css["total"]}>{money(order.total)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
