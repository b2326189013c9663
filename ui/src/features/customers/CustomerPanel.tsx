import { ChevronDown, ChevronUp, ExternalLink, Package, RefreshCw, X } from "lucide-react";
import { type KeyboardEvent, useCallback } from "react";
import { AddressLines } from "../../components/AddressLines";
import { Badge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { IconButton } from "../../components/IconButton";
import { MoreActions } from "../../components/MoreActions";
import { Notice } from "../../components/Notice";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type CustomerDetail, type Store, useNeighbours, useRead, useWrite } from "../../ipc";
import { count as formatted } from "../../lib/counts";
import { shortDate } from "../../lib/dates";
import { factLine } from "../../lib/factLine";
import { lastFailure } from "../../lib/failure";
import { useGo } from "../../lib/go";
import { isZero, money } from "../../lib/money";
import { spentOf } from "./customerColumns";
import { CustomerOrders } from "./CustomerOrders";
import css from "./CustomerPanel.module.css";
import { useCustomerActions } from "./useCustomerActions";

/** Props of {@link CustomerPanel}. */
export type CustomerPanelProps = {
  /** The store. */
  store: Store;
  /** The customer's number. */
  customer: string;
  /** The list beside it. */
  view: string | null;
  /** How many rows that has. */
  count: number;
  /** Opens a neighbour. */
  onStep: (customer: string, index: number) => void;
  /** Closes the panel. */
  onClose: () => void;
};

const facts = ({ row }: CustomerDetail) =>
  factLine([
    t("customer.number", { id: row.id }),
    row.registeredAt ? t("customer.registered", { when: shortDate(row.registeredAt, { inSentence: true }) }) : "",
  ]);

/** One customer: how to reach them, what they ordered, and where it goes. */
export function CustomerPanel({ store, customer, view, count, onStep, onClose }: CustomerPanelProps) {
  const go = useGo();
  const read = useRead("customer", { store: store.key, customer });
  const { previous, next } = useNeighbours("customerRows", view, count, customer);
  const openPage = useWrite("openPage");
  const refresh = useWrite("refreshCustomer");
  const failed = lastFailure(refresh, openPage);
  // What was read before stays at hand, but is no more what is in the store.
  const detail = read.error?.code === "notFound" ? undefined : read.data;
  const showOrders = useCallback(
    () => go.orders(store.key, { status: "all", customer, sort: "placed", way: "down" }),
    [go, store.key, customer],
  );

  useCustomerActions({
    store,
    customer,
    detail,
    onOrders: showOrders,
    onPrevious: previous ? () => onStep(previous.id, previous.index) : null,
    onNext: next ? () => onStep(next.id, next.index) : null,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };

  const row = detail?.row;
  const name = row?.name || customer;
  const reach = row
    ? [
        { text: row.email, what: t("order.copy.email") },
        { text: row.phone, what: t("order.copy.phone") },
      ].filter(({ text }) => text !== "")
    : [];
  return (
    <Panel
      label={t("customer.panel", { name })}
      title={name}
      onKeyDown={onKeyDown}
      controls={
        <>
          <IconButton
            label={t("customer.previous")}
            icon={<ChevronUp aria-hidden />}
            isDisabled={!previous}
            onPress={() => previous && onStep(previous.id, previous.index)}
          />
          <IconButton
            label={t("customer.next")}
            icon={<ChevronDown aria-hidden />}
            isDisabled={!next}
            onPress={() => next && onStep(next.id, next.index)}
          />
          <IconButton label={t("customer.close")} icon={<X aria-hidden />} onPress={onClose} />
        </>
      }
      facts={detail ? facts(detail) : null}
      actions={
        detail ? (
          <>
            <Button
              look="filled"
              icon={<Package aria-hidden />}
              onPress={showOrders}
              offBecause={detail.row.orders === 0 ? t("customer.noOrders") : null}
            >
              {t("customer.orders", { n: detail.row.orders })}
            </Button>
            {store.isSample ? null : (
              <Button
                icon={<ExternalLink aria-hidden />}
                onPress={() => openPage.mutate({ store: store.key, page: "customer", id: customer })}
              >
                {t("customer.open")}
              </Button>
            )}
            <MoreActions
              groups={[
                {
                  id: "more",
                  choices: [
                    {
                      id: "refresh",
                      label: t("customer.refresh"),
                      icon: <RefreshCw aria-hidden />,
                      onChoose: () => refresh.mutate({ store: store.key, customer }),
                    },
                  ],
                },
              ]}
            />
          </>
        ) : null
      }
      trouble={
        read.error && !detail ? (
          read.error.code === "notFound" ? (
            <Notice title={t("customer.gone")}>{t("customer.gone.more")}</Notice>
          ) : (
            <Trouble error={read.error} steps={["tryAgain"]} onStep={() => void read.refetch()} />
          )
        ) : failed ? (
          <Trouble error={failed} />
        ) : null
      }
    >
      {detail && row ? (
        <>
          <Section title={t("customer.contact")}>
            {row.company ? <p data-selectable>{row.company}</p> : null}
            {reach.map(({ text, what }) => (
              <p key={what} className={css["value"]}>
                <span data-selectable>{text}</span>
                <CopyButton text={text} what={what} />
              </p>
            ))}
            <p className={css["aside"]}>{t(detail.acceptsMarketing ? "customer.marketing" : "customer.noMarketing")}</p>
          </Section>
          <Section title={t("customer.money")}>
            <dl className={css["facts"]}>
              <div>
                <dt>{t("customers.column.orders")}</dt>
                <dd>{formatted(row.orders)}</dd>
              </div>
              <div>
                <dt>{t("customers.column.spent")}</dt>
                <dd>{spentOf(row)}</dd>
              </div>
              {isZero(detail.storeCredit) ? null : (
                <div>
                  <dt>{t("customer.credit")}</dt>
                  <dd>{money(detail.storeCredit)}</dd>
                </div>
              )}
            </dl>
          </Section>
          <CustomerOrders store={store.key} detail={detail} onAll={showOrders} />
          <Section title={t("customer.addresses")} count={detail.addresses.length || null}>
            {detail.addresses.length === 0 ? <p className={css["none"]}>{t("customer.addresses.none")}</p> : null}
            <ul className={css["addresses"]}>
              {detail.addresses.map((address, at) => (
                <li key={at}>
                  <AddressLines address={address} withName />
                </li>
              ))}
            </ul>
          </Section>
          {detail.notes ? (
            <Section title={t("customer.notes")} end={<Badge>{t("customer.notes.staff")}</Badge>}>
              <p className={css["notes"]} data-selectable>
                {detail.notes}
              </p>
            </Section>
          ) : null}
        </>
      ) : null}
    </Panel>
  );
}
