import { ChevronDown, ChevronUp, Copy, ExternalLink, Pencil, RefreshCw, StickyNote, Truck, Users } from "lucide-react";
import { t } from "../../i18n";
import { type OrderDetail, type StatusTab, type Store, useWrite } from "../../ipc";
import { type Action, useOffer } from "../../lib/actions";
import { sameAddress, wholeAddress } from "../../lib/addresses";
import { copy } from "../../lib/copy";
import { useGo } from "../../lib/go";
import { useTell, useTellTrouble } from "../../lib/telling";
import { statusActions } from "./statusActions";

/** What an order's panel can do for its actions. */
export type OrderParts = {
  /** The store. */
  store: Store;
  /** The order's number. */
  order: string;
  /** The order, once it is read. */
  detail: OrderDetail | undefined;
  /** The store's statuses. */
  statuses: readonly StatusTab[];
  /** Asks for its items again; `null` where they are there, or being asked for. */
  onAgain: (() => void) | null;
  /** Why nothing can be changed. */
  offBecause: string | null;
  /** Gives it another status. */
  onChange: (statusId: number) => void;
  /** Opens the list of statuses. */
  onChoose: () => void;
  /** Opens the order above, if there is one. */
  onPrevious: (() => void) | null;
  /** Opens the order below, if there is one. */
  onNext: (() => void) | null;
};

/** Where it goes, apart from where it is billed to. */
function shipsElsewhere({ billing, parts }: OrderDetail) {
  const addresses = parts?.shippingAddresses ?? [];
  const [only, ...others] = addresses;
  return only !== undefined && others.length === 0 && sameAddress(only.address, billing) ? [] : addresses;
}

/** Offers what can be done with the order that is open. */
export function useOrderActions(parts: OrderParts): void {
  const { store, order, detail, statuses, onAgain, offBecause, onChange, onChoose, onPrevious, onNext } = parts;
  const go = useGo();
  const tell = useTell();
  const onError = useTellTrouble();
  const { mutate: openPage } = useWrite("openPage", { onError });
  const { mutate: refreshOrder } = useWrite("refreshOrder", { onError });
  const group = t("palette.thisOrder", { id: order });

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

  useOffer("open", () => {
    if (!detail) return [];
    const { billing } = detail;
    const whole = wholeAddress(billing);
    const ends = { previous: t("order.noneAbove"), next: t("order.noneBelow") };
    return [
      {
        id: "status",
        group,
        label: t("order.change"),
        more: detail.statusLabel,
        icon: <Pencil aria-hidden />,
        keys: "status",
        offBecause,
        run: onChoose,
      },
      {
        id: "notes",
        group,
        label: t("order.notes.write"),
        icon: <StickyNote aria-hidden />,
        keys: "notes",
        offBecause,
        run: () => document.querySelector<HTMLElement>("[data-keeps-focus] textarea")?.focus(),
      },
      // The sample store has no control panel.
      ...(store.isSample
        ? []
        : [
            {
              id: "open-page",
              group,
              label: t("order.open"),
              icon: <ExternalLink aria-hidden />,
              keys: "openPage" as const,
              run: () => openPage({ store: store.key, page: "order", id: order }),
            },
          ]),
      ...copying("number", "copyNumber", t("order.copy.number"), order),
      ...copying("email", "copyEmail", t("order.copy.email"), billing.email),
      ...copying("phone", "copyPhone", t("order.copy.phone"), billing.phone),
      ...copying("address", "copyAddress", t("order.copy.address"), whole),
      ...shipsElsewhere(detail).flatMap(({ id, address }) =>
        copying(`shipping-${id}`, undefined, t("order.copy.shippingAddress"), wholeAddress(address)),
      ),
      ...(detail.parts?.shipments ?? []).flatMap((shipment): Action[] => [
        ...copying(`parcel-${shipment.id}`, undefined, t("order.copy.tracking"), shipment.trackingNumber),
        // The sample store's parcels are nowhere to be followed.
        ...(shipment.canFollow && !store.isSample
          ? [
              {
                id: `follow-${shipment.id}`,
                group,
                label: t("order.shipment.track"),
                more: shipment.trackingNumber,
                icon: <Truck aria-hidden />,
                run: () => openPage({ store: store.key, page: "parcel", id: order, shipment: shipment.id }),
              },
            ]
          : []),
      ]),
      ...copying("unreadable", undefined, t("order.copy.unreadable"), detail.parts?.unreadableDetails ?? ""),
      ...(onAgain === null
        ? []
        : [
            {
              id: "parts-again",
              group,
              label: t("order.parts.again"),
              icon: <RefreshCw aria-hidden />,
              run: onAgain,
            },
          ]),
      ...(detail.customerId === null
        ? []
        : [
            {
              id: "customer",
              group,
              label: t("order.openCustomer"),
              more: detail.customer,
              icon: <Users aria-hidden />,
              keys: "openThing" as const,
              run: () => go.customers(store.key, { open: detail.customerId ?? "" }),
            },
          ]),
      ...(billing.email === "" || detail.customerOrders < 2
        ? []
        : [
            {
              id: "customers-orders",
              group,
              label: t("order.customersOrders"),
              more: t("orders.count", { n: detail.customerOrders }),
              icon: <Users aria-hidden />,
              run: () =>
                go.orders(
                  store.key,
                  detail.customerId === null
                    ? { status: "all", q: billing.email }
                    : { status: "all", customer: detail.customerId },
                ),
            },
          ]),
      {
        id: "refresh-order",
        group,
        label: t("order.refresh"),
        icon: <RefreshCw aria-hidden />,
        keys: "refreshOne",
        run: () => refreshOrder({ store: store.key, order }),
      },
      {
        id: "previous",
        group,
        label: t("order.previous"),
        icon: <ChevronUp aria-hidden />,
        keys: "previous",
        offBecause: onPrevious ? null : ends.previous,
        run: () => onPrevious?.(),
      },
      {
        id: "next",
        group,
        label: t("order.next"),
        icon: <ChevronDown aria-hidden />,
        keys: "next",
        offBecause: onNext ? null : ends.next,
        run: () => onNext?.(),
      },
      ...statusActions(statuses, { id: "status", group, current: detail.statusId, offBecause, onChoose: onChange }),
    ];
  });
}
