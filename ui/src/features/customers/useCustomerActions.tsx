import { ChevronDown, ChevronUp, Copy, ExternalLink, Package, RefreshCw } from "lucide-react";
import { t } from "../../i18n";
import { type CustomerDetail, type Store, useWrite } from "../../ipc";
import { type Action, useOffer } from "../../lib/actions";
import { wholeAddress } from "../../lib/addresses";
import { copy } from "../../lib/copy";
import { useTell, useTellTrouble } from "../../lib/telling";

/** What a customer's panel can do for its actions. */
export type CustomerParts = {
  /** The store. */
  store: Store;
  /** The customer's number. */
  customer: string;
  /** The customer, once they are read. */
  detail: CustomerDetail | undefined;
  /** Shows their orders. */
  onOrders: () => void;
  /** Opens the customer above, if there is one. */
  onPrevious: (() => void) | null;
  /** Opens the customer below, if there is one. */
  onNext: (() => void) | null;
};

/** Offers what can be done with the customer who is open. */
export function useCustomerActions({ store, customer, detail, onOrders, onPrevious, onNext }: CustomerParts): void {
  const tell = useTell();
  const onError = useTellTrouble();
  const { mutate: openPage } = useWrite("openPage", { onError });
  const { mutate: refreshCustomer } = useWrite("refreshCustomer", { onError });

  useOffer("open", () => {
    if (!detail) return [];
    const group = t("palette.thisCustomer");
    const { row } = detail;
    const [first, ...others] = detail.addresses;
    const copying = (id: string, keys: Action["keys"], what: string, text: string): Action[] =>
      text === ""
        ? []
        : [
            {
              id: `copy-${id}`,
              group,
              label: t("common.copyNamed", { what }),
              more: text.replaceAll("\n", ", "),
              icon: <Copy aria-hidden />,
              keys,
              run: () => void copy(text).then((done) => tell(done ? t("common.copiedNamed", { what }) : t("copy.failed"))),
            },
          ];
    return [
      {
        id: "customers-orders",
        group,
        label: t("customer.showOrders"),
        more: t("orders.count", { n: row.orders }),
        icon: <Package aria-hidden />,
        keys: "openThing",
        offBecause: row.orders === 0 ? t("customer.noOrders") : null,
        run: onOrders,
      },
      // The sample store has no control panel.
      ...(store.isSample
        ? []
        : [
            {
              id: "open-page",
              group,
              label: t("customer.open"),
              icon: <ExternalLink aria-hidden />,
              keys: "openPage" as const,
              run: () => openPage({ store: store.key, page: "customer", id: customer }),
            },
          ]),
      ...copying("email", "copyEmail", t("order.copy.email"), row.email),
      ...copying("phone", "copyPhone", t("order.copy.phone"), row.phone),
      ...copying("address", "copyAddress", t("order.copy.address"), first ? wholeAddress(first) : ""),
      ...others.flatMap((address, at) =>
        copying(`address-${at}`, undefined, t("order.copy.address"), wholeAddress(address)),
      ),
      {
        id: "refresh-customer",
        group,
        label: t("customer.refresh"),
        icon: <RefreshCw aria-hidden />,
        keys: "refreshOne",
        run: () => refreshCustomer({ store: store.key, customer }),
      },
      {
        id: "previous",
        group,
        label: t("customer.previous"),
        icon: <ChevronUp aria-hidden />,
        keys: "previous",
        offBecause: onPrevious ? null : t("customer.noneAbove"),
        run: () => onPrevious?.(),
      },
      {
        id: "next",
        group,
        label: t("customer.next"),
        icon: <ChevronDown aria-hidden />,
        keys: "next",
        offBecause: onNext ? null : t("customer.noneBelow"),
        run: () => onNext?.(),
      },
    ];
  });
}
