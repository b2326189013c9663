import { ChevronDown, ChevronUp, Copy, ExternalLink, Pencil, RefreshCw, StickyNote, Users } from "lucide-react";
import { t } from "../../i18n";
import { type OrderDetail, type StatusTab, type Store, useWrite } from "../../ipc";
import { type Action, useOffer } from "../../lib/actions";
import { wholeAddress } from "../../lib/addresses";
import { copy } from "../../lib/copy";
import { useGo } from "../../lib/go";
import { useTell } from "../../lib/telling";
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

/** Offers what can be done with the order that is open. */
export function useOrderActions(parts: OrderParts): void {
  const { store, order, detail, statuses, offBecause, onChange, onChoose, onPrevious, onNext } = parts;
  const go = useGo();
  const tell = useTell();
  const { mutate: openPage } = useWrite("openPage");
  const { mutate: refreshOrder } = useWrite("refreshOrder");
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
