import { Truck } from "lucide-react";
import { AddressLines } from "../../components/AddressLines";
import { CopyButton } from "../../components/CopyButton";
import { Section } from "../../components/Section";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { type AddressDto, type OrderPartsDto, type ShipmentDto, useWrite } from "../../ipc";
import { sameAddress } from "../../lib/addresses";
import { shortDate } from "../../lib/dates";
import { writeDecimal } from "../../lib/decimals";
import { isZero, money } from "../../lib/money";
import { useTellTrouble } from "../../lib/telling";
import css from "./OrderShipping.module.css";

/** Props of {@link OrderShipping}. */
export type OrderShippingProps = {
  /** The store's key. */
  store: string;
  /** The order's number. */
  order: string;
  /** What belongs to it. */
  parts: OrderPartsDto;
  /** Who pays. */
  billing: AddressDto;
  /** Pages can be opened; the sample store's parcels are nowhere to be followed. */
  canOpen: boolean;
};

const carrier = ({ method, carrier }: ShipmentDto) => [method, carrier].filter(Boolean).join(", ");

/** Where it goes, and what has gone out. */
export function OrderShipping({ store, order, parts, billing, canOpen }: OrderShippingProps) {
  const openPage = useWrite("openPage", { onError: useTellTrouble() });
  const { shippingAddresses: addresses, shipments, lines } = parts;
  const [first, ...others] = addresses;
  // It stands with the customer already.
  const asBilled = first !== undefined && others.length === 0 && sameAddress(first.address, billing);
  const nameOf = (line: string) => lines.find(({ id }) => id === line)?.name ?? t("order.shipment.someItem");
  return (
    <>
      {addresses.length > 0 ? (
        <Section
          title={t(asBilled ? "order.shipping.title" : "order.shipsTo")}
          count={addresses.length > 1 ? addresses.length : null}
        >
          <ul className={css["addresses"]}>
            {addresses.map(({ id, address, method, cost }) => (
              <li key={id}>
                {asBilled ? null : <AddressLines address={address} withName what={t("order.copy.shippingAddress")} />}
                {method ? (
                  <p className={css["method"]}>
                    <Truck aria-hidden />
                    {isZero(cost) ? method : t("order.method", { method, cost: money(cost) })}
                  </p>
                ) : null}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {shipments.length > 0 ? (
        <Section title={t("order.shipments")} count={shipments.length}>
          <ul className={css["shipments"]}>
            {shipments.map((shipment) => (
              <li key={shipment.id} className={css["shipment"]}>
                <div className={css["parcel"]}>
                  <p>{carrier(shipment) || t("order.shipment.noCarrier")}</p>
                  {shipment.trackingNumber ? (
                    <p className={css["tracking"]}>
                      <span className={css["code"]} data-selectable>
                        {shipment.trackingNumber}
                      </span>
                      <CopyButton text={shipment.trackingNumber} what={t("order.copy.tracking")} />
                      {shipment.canFollow && canOpen ? (
                        <TextButton
                          size="small"
                          onPress={() => openPage.mutate({ store, page: "parcel", id: order, shipment: shipment.id })}
                        >
                          {t("order.shipment.track")}
                        </TextButton>
                      ) : null}
                    </p>
                  ) : (
                    <p className={css["aside"]}>{t("order.shipment.noTracking")}</p>
                  )}
                  <p className={css["aside"]}>
                    {shipment.items
                      .map(({ line, quantity }) =>
                        t("order.shipment.item", { n: writeDecimal(quantity), name: nameOf(line) }),
                      )
                      .join(", ")}
                  </p>
                  {shipment.comments ? (
                    <p className={css["aside"]}>{t("activity.quoted", { text: shipment.comments })}</p>
                  ) : null}
                </div>
                <span className={css["when"]}>{shipment.createdAt ? shortDate(shipment.createdAt) : null}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
