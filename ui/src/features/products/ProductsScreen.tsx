import { Plus } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { DataGrid } from "../../components/grid/DataGrid";
import type { Widths } from "../../components/grid/columns";
import type { GridHandle } from "../../components/grid/types";
import { ListScreen, panelWidths } from "../../components/ListScreen";
import { NotTicked } from "../../components/NotTicked";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type ProductRow, useListing, useRead, useRemembered, useStore, useTicked } from "../../ipc";
import { filterDays } from "../../lib/days";
import { useGo } from "../../lib/go";
import { productName } from "../../lib/productName";
import { readNumber, readWidths } from "../../lib/reading";
import { MakingPanel } from "./MakingPanel";
import { cannotRead, isRefused, productsOffBecause } from "./offBecause";
import { useProductsPlace } from "./place";
import { productColumns } from "./productColumns";
import { ProductPanel } from "./ProductPanel";
import { ProductsBulkBar } from "./ProductsBulkBar";
import { ProductsEmpty } from "./ProductsEmpty";
import { ProductsFoot } from "./ProductsFoot";
import css from "./ProductsScreen.module.css";
import { ProductsTabs } from "./ProductsTabs";
import { productsQuery } from "./query";
import { ToBeMade } from "./ToBeMade";
import { useProductsActions } from "./useProductsActions";

/** Props of {@link ProductsScreen}. */
export type ProductsScreenProps = {
  /** The store's key. */
  store: string;
};

const idOf = (row: ProductRow) => row.id;
const nameOf = (row: ProductRow) => t("products.row", { name: productName(row) });
const lookOf = (row: ProductRow) => (row.pending.some(isRefused) ? ("bad" as const) : null);
const noWidths: Widths = {};

/** A store's products: the list, and beside it the one that is open. */
export function ProductsScreen({ store: key }: ProductsScreenProps) {
  const store = useStore(key);
  const density = useRead("appState", undefined).data?.preferences.density;
  const go = useGo();
  const { list, open, made, show, openProduct, openMaking, edit, known } = useProductsPlace(key);
  const [widths, setWidths] = useRemembered(key, "products.widths", readWidths, noWidths);
  const [panelWidth, setPanelWidth] = useRemembered<number>(key, "panel.width", readNumber, panelWidths.usual);
  const grid = useRef<GridHandle>(null);

  const opened = useRead("openProducts", productsQuery(key, list), { enabled: known });
  const listing = useListing({
    rows: "productRows",
    store: key,
    listKey: JSON.stringify(list),
    opened: opened.data,
    fetching: opened.isFetching,
    grid,
    open,
  });
  const { shown, view, count, rowAt, range, onRange } = listing;
  const ticked = useTicked("productRows", view, count, rowAt, `${list.tab} ${list.modifiedFrom} ${list.search}`);

  useProductsActions({ store, list, count, ticked, onShow: show, onNew: () => edit(null) });

  const making = useRead("activityEntry", { store: key, entry: made ?? "" }, { enabled: made !== null });
  const subject = making.data?.row.subject;
  const newcomer = subject?.kind === "product" ? subject.product : null;
  useEffect(() => {
    if (made !== null && newcomer !== null) openProduct(newcomer);
  }, [made, newcomer, openProduct]);

  const numbers = useRead("home", { store: key }).data;
  const rowHeight = density === "comfortable" ? 40 : 32;
  const columns = useMemo(() => productColumns(key, rowHeight === 40 ? 28 : 24), [key, rowHeight]);
  const { openedHere } = listing;
  const onOpen = useCallback(
    (row: ProductRow) => {
      openedHere(row.id);
      openProduct(row.id);
    },
    [openProduct, openedHere],
  );
  const sort = useMemo(() => ({ column: list.sort, descending: list.descending }), [list.sort, list.descending]);

  if (!store) return null;
  const isByStock = list.tab === "low" || list.tab === "out";
  const byTotal =
    isByStock && numbers?.someByVariant ? <span className={css["off"]}>{t("stock.byVariant")}</span> : null;
  const failed = opened.error && !shown ? opened.error : null;
  const off = productsOffBecause(store);
  const close = () => {
    openProduct(null);
    grid.current?.focus();
  };

  return (
    <ListScreen
      title={t("products.title")}
      actions={
        <Button icon={<Plus aria-hidden />} onPress={() => edit(null)} offBecause={off}>
          {t("products.new")}
        </Button>
      }
      tabs={<ProductsTabs store={key} tab={list.tab} onChange={(tab) => show({ tab })} />}
      filters={
        list.search || list.modifiedFrom !== null ? (
          <>
            {list.modifiedFrom === null ? null : (
              <Chip
                name={t("products.filter.modified")}
                value={filterDays(list.modifiedFrom, null, store.timeZone)}
                onRemove={() => show({ modifiedFrom: null })}
              />
            )}
            {list.search ? (
              <Chip name={t("products.filter.search")} value={list.search} onRemove={() => show({ search: "" })} />
            ) : null}
            {byTotal}
          </>
        ) : cannotRead(store) ? (
          <span className={css["off"]}>{t("products.empty.scope")}</span>
        ) : off ? (
          <>
            <span className={css["off"]}>{off}</span>
            {byTotal}
          </>
        ) : (
          byTotal
        )
      }
      sum={shown ? t("products.count", { n: count }) : null}
      notice={ticked.failed ? <NotTicked error={ticked.failed} onAgain={ticked.again} /> : undefined}
      foot={<ProductsFoot store={key} range={range} count={count} />}
      bar={ticked.count > 0 || ticked.reading ? <ProductsBulkBar store={store} ticked={ticked} count={count} /> : undefined}
      panelWidth={panelWidth}
      onPanelWidth={setPanelWidth}
      panel={
        open !== null ? (
          <ProductPanel
            key={open}
            store={store}
            product={open}
            view={view}
            count={count}
            onStep={(product, index) => {
              openProduct(product);
              listing.stepTo(product, index);
            }}
            onEdit={() => edit(open)}
            onClose={close}
          />
        ) : made !== null ? (
          <MakingPanel store={key} entry={made} onEdit={() => edit(null)} onClose={close} />
        ) : undefined
      }
    >
      <ToBeMade
        store={key}
        shown={made}
        onShow={openMaking}
        onShowAll={() => go.activity(key, { filter: "onTheWay" })}
      />
      {failed ? (
        <div className={css["failed"]}>
          <Trouble error={failed} steps={["tryAgain"]} onStep={() => void opened.refetch()} busy={opened.isFetching} />
        </div>
      ) : shown ? (
        <DataGrid
          handle={grid}
          label={t("products.grid")}
          columns={columns}
          count={count}
          rowAt={rowAt}
          idOf={idOf}
          nameOf={nameOf}
          lookOf={lookOf}
          onRange={onRange}
          open={open}
          onOpen={onOpen}
          onClose={() => (ticked.count > 0 || ticked.reading || ticked.failed ? ticked.clear() : openProduct(null))}
          ticking={ticked}
          sort={sort}
          onSort={({ column, descending }) => show({ sort: column as typeof list.sort, descending })}
          widths={widths}
          onWidths={setWidths}
          rowHeight={rowHeight}
          empty={<ProductsEmpty store={store} list={list} onShow={show} onNew={() => edit(null)} />}
        />
      ) : (
        <div className={css["room"]} aria-busy />
      )}
    </ListScreen>
  );
}
