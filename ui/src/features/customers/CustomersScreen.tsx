import { useCallback, useMemo, useRef } from "react";
import { Chip } from "../../components/Chip";
import { DataGrid } from "../../components/grid/DataGrid";
import type { Widths } from "../../components/grid/columns";
import type { GridHandle } from "../../components/grid/types";
import { ListScreen, panelWidths } from "../../components/ListScreen";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type CustomerRow, useListing, useRead, useRemembered, useStore } from "../../ipc";
import { filterDays } from "../../lib/days";
import { readNumber, readWidths } from "../../lib/reading";
import { customerColumns } from "./customerColumns";
import { CustomerPanel } from "./CustomerPanel";
import { CustomersEmpty } from "./CustomersEmpty";
import { CustomersFoot } from "./CustomersFoot";
import css from "./CustomersScreen.module.css";
import { cannotRead } from "./offBecause";
import { useCustomersPlace } from "./place";
import { useCustomersActions } from "./useCustomersActions";

/** Props of {@link CustomersScreen}. */
export type CustomersScreenProps = {
  /** The store's key. */
  store: string;
};

const idOf = (row: CustomerRow) => row.id;
const nameOf = (row: CustomerRow) => t("customers.row", { name: row.name || row.email });
const noWidths: Widths = {};

/** A store's customers: the list, and beside it the one who is open. */
export function CustomersScreen({ store: key }: CustomersScreenProps) {
  const store = useStore(key);
  const density = useRead("appState", undefined).data?.preferences.density;
  const { list, open, show, openCustomer, known } = useCustomersPlace(key);
  const [widths, setWidths] = useRemembered(key, "customers.widths", readWidths, noWidths);
  const [panelWidth, setPanelWidth] = useRemembered<number>(key, "panel.width", readNumber, panelWidths.usual);
  const grid = useRef<GridHandle>(null);

  const opened = useRead("openCustomers", { store: key, ...list }, { enabled: known });
  const listing = useListing({
    rows: "customerRows",
    store: key,
    listKey: JSON.stringify(list),
    opened: opened.data,
    fetching: opened.isFetching,
    grid,
    open,
  });
  const { shown, view, count, rowAt, range, onRange } = listing;
  useCustomersActions(key, list, show);

  const { openedHere } = listing;
  const onOpen = useCallback(
    (row: CustomerRow) => {
      openedHere(row.id);
      openCustomer(row.id);
    },
    [openCustomer, openedHere],
  );
  const sort = useMemo(() => ({ column: list.sort, descending: list.descending }), [list.sort, list.descending]);

  if (!store) return null;
  const failed = opened.error && !shown ? opened.error : null;

  return (
    <ListScreen
      title={t("customers.title")}
      filters={
        list.search || list.registeredFrom !== null ? (
          <>
            {list.registeredFrom === null ? null : (
              <Chip
                name={t("customers.filter.registered")}
                value={filterDays(list.registeredFrom, null, store.timeZone)}
                onRemove={() => show({ registeredFrom: null })}
              />
            )}
            {list.search ? (
              <Chip name={t("customers.filter.search")} value={list.search} onRemove={() => show({ search: "" })} />
            ) : null}
          </>
        ) : cannotRead(store) ? (
          <span className={css["off"]}>{t("customers.empty.scope")}</span>
        ) : null
      }
      sum={shown ? t("customers.count", { n: count }) : null}
      foot={<CustomersFoot store={key} range={range} count={count} />}
      panelWidth={panelWidth}
      onPanelWidth={setPanelWidth}
      panel={
        open !== null ? (
          <CustomerPanel
            key={open}
            store={store}
            customer={open}
            view={view}
            count={count}
            onStep={(customer, index) => {
              openCustomer(customer);
              listing.stepTo(customer, index);
            }}
            onClose={() => {
              openCustomer(null);
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
          label={t("customers.grid")}
          columns={customerColumns}
          count={count}
          rowAt={rowAt}
          idOf={idOf}
          nameOf={nameOf}
          onRange={onRange}
          open={open}
          onOpen={onOpen}
          onClose={() => openCustomer(null)}
          sort={sort}
          onSort={({ column, descending }) => show({ sort: column as typeof list.sort, descending })}
          widths={widths}
          onWidths={setWidths}
          rowHeight={density === "comfortable" ? 40 : 32}
          empty={<CustomersEmpty store={store} list={list} without={shown.countWithoutSearch} onShow={show} />}
        />
      ) : (
        <div className={css["room"]} aria-busy />
      )}
    </ListScreen>
  );
}
