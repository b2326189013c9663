import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { DataGrid } from "../../components/grid/DataGrid";
import type { Widths } from "../../components/grid/columns";
import type { GridHandle } from "../../components/grid/types";
import { ListScreen, panelWidths } from "../../components/ListScreen";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import {
  type Landing,
  type OrderRow,
  type OrdersView,
  api,
  makeStale,
  useRead,
  useRemembered,
  useRows,
  useSettledView,
  useStore,
} from "../../ipc";
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
import { useTicked } from "./useTicked";

/** Props of {@link OrdersScreen}. */
export type OrdersScreenProps = {
  /** The store's key. */
  store: string;
};

const idOf = (row: OrderRow) => row.id;
const nameOf = (row: OrderRow) => t("orders.row", { id: row.id });
const lookOf = (row: OrderRow) =>
  row.pending.some(({ state }) => state === "refused" || state === "conflict" || state === "notApplied")
    ? ("bad" as const)
    : isOver(row.statusId)
      ? ("quiet" as const)
      : null;

const noWidths: Widths = {};

/** A store's orders: the list, and beside it the one that is open. */
export function OrdersScreen({ store: key }: OrdersScreenProps) {
  const client = useQueryClient();
  const store = useStore(key);
  const density = useRead("appState", undefined).data?.preferences.density;
  const { list, open, show, openOrder, known } = useOrdersPlace(key);
  const [widths, setWidths] = useRemembered(key, "orders.widths", readWidths, noWidths);
  const [panelWidth, setPanelWidth] = useRemembered<number>(key, "panel.width", readNumber, panelWidths.usual);
  const grid = useRef<GridHandle>(null);
  const [range, setRange] = useState({ from: 0, to: 30 });
  const rowAtNow = useRef<(index: number) => OrderRow | null | undefined>(() => undefined);

  const opened = useRead("openOrders", { store: key, ...list }, { enabled: known });

  const land = useCallback(async (next: OrdersView): Promise<Landing> => {
    const handle = grid.current;
    if (!handle || next.count === 0) return null;
    const placeOf = async (index: number) => {
      const row = rowAtNow.current(index);
      const place = row ? (await api.orderPlace({ view: next.view, id: row.id })).index : null;
      return place ?? Math.min(index, next.count - 1);
    };
    const { index, offset, atTop } = handle.anchor();
    const active = await placeOf(handle.active());
    return atTop ? { index: 0, offset: 0, active } : { index: await placeOf(index), offset, active };
  }, []);

  const listKey = JSON.stringify(list);
  const { shown, landing } = useSettledView("orderRows", listKey, opened.data, land);
  const view = shown?.view ?? null;
  const count = shown?.count ?? 0;
  const { rowAt, error: rowsError } = useRows("orderRows", view, count, range);
  useEffect(() => {
    rowAtNow.current = rowAt;
  });

  const landedView = landing?.view ?? null;
  useLayoutEffect(() => {
    if (landedView === null) return;
    if (landing?.at) {
      grid.current?.restore(landing.at.index, landing.at.offset);
      grid.current?.activate(landing.at.active ?? 0);
    } else {
      grid.current?.toTop();
      grid.current?.activate(0);
    }
    // Once for each version of the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [landedView]);

  useEffect(() => {
    if (rowsError?.code === "viewGone") void makeStale(client, ["orders"], key);
  }, [client, key, rowsError]);

  const ticked = useTicked(view, count, rowAt, `${list.statusId} ${list.search} ${list.showIncomplete}`);

  const onRange = useCallback(
    (from: number, to: number) => setRange((old) => (old.from === from && old.to === to ? old : { from, to })),
    [],
  );
  const onOpen = useCallback((row: OrderRow) => openOrder(row.id), [openOrder]);
  const step = (order: string, index: number) => {
    openOrder(order);
    grid.current?.activate(index);
    grid.current?.reveal(index);
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
      filters={<OrdersFilters list={list} onShow={show} />}
      sum={
        shown
          ? shown.totals.length > 0
            ? t("orders.countSum", { n: count, sum: moneySum(shown.totals) })
            : t("orders.count", { n: count })
          : null
      }
      foot={<OrdersFoot store={key} range={range} count={count} />}
      bar={ticked.count > 0 ? <OrdersBulkBar store={store} ticked={ticked} count={count} /> : undefined}
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
          onClose={() => (ticked.count > 0 ? ticked.clear() : openOrder(null))}
          ticking={ticked}
          sort={sort}
          onSort={({ column, descending }) =>
            show({ sort: column === "order" ? "number" : (column as typeof list.sort), descending })
          }
          widths={widths}
          onWidths={setWidths}
          rowHeight={density === "comfortable" ? 40 : 32}
          empty={<OrdersEmpty store={key} list={list} without={shown.countWithoutSearch} onShow={show} />}
        />
      ) : (
        <div className={css["room"]} aria-busy />
      )}
    </ListScreen>
  );
}
