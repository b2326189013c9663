import { Chip } from "../../components/Chip";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { useRead, useStore } from "../../ipc";
import { filterDays } from "../../lib/days";
import type { OrdersList } from "./place";

/** Props of {@link OrdersFilters}. */
export type OrdersFiltersProps = {
  /** The store's key. */
  store: string;
  /** What the list shows. */
  list: OrdersList;
  /** Shows something else. */
  onShow: (change: Partial<OrdersList>) => void;
};

/** The filters in force. */
export function OrdersFilters({ store, list, onShow }: OrdersFiltersProps) {
  const { customer, placedFrom, placedTo } = list;
  const timeZone = useStore(store)?.timeZone ?? "";
  const who = useRead("customer", { store, customer: customer ?? "" }, { enabled: customer !== null }).data?.row;
  return (
    <>
      {customer === null ? null : (
        <Chip
          name={t("orders.filter.customer")}
          value={who?.name || who?.email || customer}
          onRemove={() => onShow({ customer: null })}
        />
      )}
      {placedFrom === null && placedTo === null ? null : (
        <Chip
          name={t("orders.filter.placed")}
          value={filterDays(placedFrom, placedTo, timeZone)}
          onRemove={() => onShow({ placedFrom: null, placedTo: null })}
        />
      )}
      {list.search ? (
        <Chip name={t("orders.filter.search")} value={list.search} onRemove={() => onShow({ search: "" })} />
      ) : null}
      {list.statusId !== null ? null : list.showIncomplete ? (
        <TextButton size="small" onPress={() => onShow({ showIncomplete: false })}>
          {t("orders.filter.hideIncomplete")}
        </TextButton>
      ) : (
        <Chip
          name={t("orders.filter.incomplete")}
          value={t("orders.filter.hidden")}
          onRemove={() => onShow({ showIncomplete: true })}
        />
      )}
    </>
  );
}
