import { useCallback, useMemo, useRef, useState } from "react";
import { DataGrid } from "../../components/grid/DataGrid";
import type { Widths } from "../../components/grid/columns";
import type { GridHandle } from "../../components/grid/types";
import { ListScreen, panelWidths } from "../../components/ListScreen";
import { NotTicked } from "../../components/NotTicked";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type OrderRow, useListing, useRead, useRemembered, useStore, useTicked } from "../../ipc";
import { moneySum } from "../../lib/money";
import { readNumber, readWidths } from "../../lib/reading";
import { isOver } from "../../lib/statuses";
import { OrderPanel } from "./OrderPanel";
import { orderColumns } from "./orderColumns";
import { OrdersBulkBar } from "./OrdersBulkBar";
import { OrdersEmpty } from "./OrdersEmpty";
import { OrdersFilters } from "./OrdersFilters";
import { OrdersFoot } from "./OrdersFoot";
import css from "./OrdersScreen.module.css";
import { useOrdersPlace } from "./place";
import { StatusTabs } from "./StatusTabs";
import { useOrdersActions } from "./useOrdersActions";

/** Props of {@link OrdersScreen}. */
export type OrdersScreenProps = {
  /** The store's key. */
  store: string;
};

const idOf = (row: OrderRow) => row.id;
const nameOf = (row: OrderRow) => t("orders.row", { id: row.id });
const lookOf = (row: OrderRow) =>
  row.pending.some(({ state }) => state === "refused" || state === "conflict" || state === "notApplied" || state === "unclear")
    ? ("bad" as const)
    : isOver(row.statusId)
      ? ("quiet" as const)
      : null;

const noWidths: Widths = {};

/** A store's orders: the list, and beside it the one that is open. */
export function OrdersScreen({ store: key }: OrdersScreenProps) {
  const store = useStore(key);
  const { list, open, show, openOrder, known } = useOrdersPlace(key);
  const [widths, setWidths] = useRemembered(key, "orders.widths", readWidths, noWidths);
  const [panelWidth, setPanelWidth] = useRemembered<number>(key, "panel.width", readNumber, panelWidths.usual);
  const grid = useRef<GridHandle>(null);

  const opened = useRead("openOrders", { store: key, ...list }, { enabled: known });
  const listing = useListing({
    rows: "orderRows",
    store: key,
    listKey: JSON.stringify(list),
    opened: opened.data,
    fetching: opened.isFetching,
    grid,
    open,
  });
  const { shown, view, count, rowAt, range, onRange } = listing;

  const ticked = useTicked("orderRows", view, count, rowAt, `${list.statusId} ${list.customer} ${list.placedFrom} ${list.placedTo} ${list.search} ${list.showIncomplete}`);

  const [choosing, setChoosing] = useState(false);
  useOrdersActions({
    store: store ?? null,
    list,
    count,
    ticked,
    onShow: show,
    onChoose: () => setChoosing(true),
  });

  const { openedHere } = listing;
  const onOpen = useCallback(
    (row: OrderRow) => {
      openedHere(row.id);
      openOrder(row.id);
    },
    [openOrder, openedHere],
  );
  const step = (order: string, index: number) => {
    openOrder(order);
    listing.stepTo(order, index);
  };
  const sort = useMemo(
    () => ({ column: list.sort === "number" ? "order" : list.sort, descending: list.descending }),
    [list.sort, list.descending],
  );

  if (!store) return null;
  const failed = opened.error && !shown ? opened.error : null;

  return (
    <ListScreen
      title={t("orders.title")}
      tabs={<StatusTabs store={key} statusId={list.statusId} onChange={(statusId) => show({ statusId })} />}
      filters={<OrdersFilters store={key} list={list} onShow={show} />}
      sum={
        shown
          ? shown.totals.length > 0
            ? t("orders.countSum", { n: count, sum: moneySum(shown.totals) })
            : t("orders.count", { n: count })
          : null
      }
      notice={ticked.failed ? <NotTicked error={ticked.failed} onAgain={ticked.again} /> : undefined}
      foot={failed ? null : <OrdersFoot store={key} range={range} count={count} />}
      bar={
        ticked.count > 0 || ticked.reading ? (
          <OrdersBulkBar store={store} ticked={ticked} count={count} choosing={choosing} onChoosing={setChoosing} />
        ) : undefined
      }
      panelWidth={panelWidth}
      onPanelWidth={setPanelWidth}
      panel={
        open !== null ? (
          <OrderPanel
            key={open}
            store={store}
            order={open}
            view={view}
            count={count}
            onStep={step}
            onClose={() => {
              openOrder(null);
              grid.current?.focus();
            }}
          />
        ) : undefined
      }
    >
      {failed ? (
        <div className={css["failed"]}>
          <Trouble error={failed} steps={["tryAgain"]} onStep={() => void opened.refetch()} busy={opened.isFetching} />
        </div>
      ) : shown ? (
        <DataGrid
          handle={grid}
          label={t("orders.grid")}
          columns={orderColumns}
          count={count}
          rowAt={rowAt}
          idOf={idOf}
          nameOf={nameOf}
          lookOf={lookOf}
          onRange={onRange}
          open={open}
          onOpen={onOpen}
          onClose={() => (ticked.count > 0 || ticked.reading || ticked.failed ? ticked.clear() : openOrder(null))}
          ticking={ticked}
          sort={sort}
          onSort={({ column, descending }) =>
            show({ sort: column === "order" ? "number" : (column as typeof list.sort), descending })
          }
          widths={widths}
          onWidths={setWidths}
          empty={<OrdersEmpty store={store} list={list} without={shown.countWithoutSearch} onShow={show} />}
        />
      ) : (
        <div className={css["room"]} aria-busy />
      )}
    </ListScreen>
  );
}
