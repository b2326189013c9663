import { ChevronDown, ChevronUp, ExternalLink, RefreshCw, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Menu } from "../../components/Menu";
import { MoreActions } from "../../components/MoreActions";
import { Notice } from "../../components/Notice";
import { Panel } from "../../components/Panel";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type OrderDetail, type Store, useNeighbours, useRead, useWrite } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { fullDate, shortDate } from "../../lib/dates";
import { factLine } from "../../lib/factLine";
import { lastFailure } from "../../lib/failure";
import { isNothingToShip } from "../../lib/statuses";
import { changeStatuses } from "./changeStatuses";
import { ordersOffBecause } from "./offBecause";
import { OrderCustomer } from "./OrderCustomer";
import { OrderHistory } from "./OrderHistory";
import { OrderLines } from "./OrderLines";
import { OrderNotes } from "./OrderNotes";
import { OrderPartsState } from "./OrderPartsState";
import { OrderShipping } from "./OrderShipping";
import { OrderStatus } from "./OrderStatus";
import { OrderTotals } from "./OrderTotals";
import { sourceName } from "./sourceName";
import { statusMenu } from "./statusMenu";
import { useOrderActions } from "./useOrderActions";
import { useOrderParts } from "./useOrderParts";

/** Props of {@link OrderPanel}. */
export type OrderPanelProps = {
  /** The store. */
  store: Store;
  /** The order's number. */
  order: string;
  /** The list beside it. */
  view: string | null;
  /** How many rows that has. */
  count: number;
  /** Opens a neighbour. */
  onStep: (order: string, index: number) => void;
  /** Closes the panel. */
  onClose: () => void;
};

const facts = (detail: OrderDetail) =>
  factLine([
    fullDate(detail.placedAt),
    t("order.items", { n: detail.itemCount }),
    sourceName(detail.source),
    detail.shippedAt ? t("order.shippedOn", { when: shortDate(detail.shippedAt, { inSentence: true }) }) : "",
    detail.isArchived ? t("order.archived") : "",
  ]);

/** One order in full, and what can be done with it. */
export function OrderPanel({ store, order, view, count, onStep, onClose }: OrderPanelProps) {
  const read = useRead("order", { store: store.key, order });
  const statuses = useRead("statuses", { store: store.key }).data?.statuses ?? [];
  const { previous, next } = useNeighbours("orderRows", view, count, order);
  const changing = useChanging();
  const openPage = useWrite("openPage");
  const refresh = useWrite("refreshOrder");
  const failed = lastFailure(refresh, openPage);
  // What was read before stays at hand, but is no more what is in the store.
  const detail = read.error?.code === "notFound" ? undefined : read.data;
  const asking = useOrderParts(store.key, order, detail, store.mayConnect);

  const statusPending = detail?.pending.some(
    ({ field, state }) => field === "status" && (state === "waiting" || state === "sending" || state === "unknown"),
  );
  const off = ordersOffBecause(store) ?? (statusPending ? t("order.off.pending") : null);
  const [choosing, setChoosing] = useState(false);
  const change = (statusId: number) => changing.propose(changeStatuses(store.key, [order], statusId));
  useOrderActions({
    store,
    order,
    detail,
    statuses,
    onAgain: asking.error && !asking.busy ? asking.again : null,
    offBecause: off,
    onChange: change,
    onChoose: () => setChoosing(true),
    onPrevious: previous ? () => onStep(previous.id, previous.index) : null,
    onNext: next ? () => onStep(next.id, next.index) : null,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };

  return (
    <Panel
      label={t("order.panel", { id: order })}
      title={order}
      onKeyDown={onKeyDown}
      beside={
        detail ? (
          <OrderStatus statusId={detail.statusId} label={detail.statusLabel} pending={detail.pending} />
        ) : null
      }
      controls={
        <>
          <IconButton
            label={t("order.previous")}
            icon={<ChevronUp aria-hidden />}
            isDisabled={!previous}
            onPress={() => previous && onStep(previous.id, previous.index)}
          />
          <IconButton
            label={t("order.next")}
            icon={<ChevronDown aria-hidden />}
            isDisabled={!next}
            onPress={() => next && onStep(next.id, next.index)}
          />
          <IconButton label={t("order.close")} icon={<X aria-hidden />} onPress={onClose} />
        </>
      }
      facts={detail ? facts(detail) : null}
      note={off}
      actions={
        detail ? (
          <>
            <Menu
              label={t("order.changeTo")}
              isOpen={choosing}
              onOpenChange={setChoosing}
              trigger={
                <Button look="filled" isDisabled={changing.busy} offBecause={off}>
                  {t("order.change")}
                </Button>
              }
              groups={statusMenu(statuses, detail.statusId, change)}
            />
            {store.isSample ? null : (
              <Button
                icon={<ExternalLink aria-hidden />}
                onPress={() => openPage.mutate({ store: store.key, page: "order", id: order })}
              >
                {t("order.open")}
              </Button>
            )}
            <MoreActions
              groups={[
                {
                  id: "more",
                  choices: [
                    {
                      id: "refresh",
                      label: t("order.refresh"),
                      icon: <RefreshCw aria-hidden />,
                      onChoose: () => refresh.mutate({ store: store.key, order }),
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
            <Notice title={t("order.gone")}>{t("order.gone.more")}</Notice>
          ) : (
            <Trouble error={read.error} steps={["tryAgain"]} onStep={() => void read.refetch()} />
          )
        ) : failed ? (
          <Trouble error={failed} />
        ) : null
      }
    >
      {detail ? (
        <>
          <OrderPartsState parts={detail.parts} asking={asking} />
          {detail.parts ? (
            <OrderLines
              store={store.key}
              lines={detail.parts.lines}
              pieces={detail.itemCount}
              isOver={isNothingToShip(detail.statusId)}
            />
          ) : null}
          <OrderTotals detail={detail} />
          <OrderCustomer store={store.key} detail={detail} />
          {detail.parts ? <OrderShipping store={store.key} order={order} parts={detail.parts} billing={detail.billing} canOpen={!store.isSample} /> : null}
          <OrderNotes store={store} detail={detail} />
          <OrderHistory store={store} detail={detail} />
        </>
      ) : null}
    </Panel>
  );
}
