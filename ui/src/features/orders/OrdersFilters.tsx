import { Chip } from "../../components/Chip";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import type { OrdersList } from "./place";

/** Props of {@link OrdersFilters}. */
export type OrdersFiltersProps = {
  /** What the list shows. */
  list: OrdersList;
  /** Shows something else. */
  onShow: (change: Partial<OrdersList>) => void;
};

/** The filters in force. */
export function OrdersFilters({ list, onShow }: OrdersFiltersProps) {
  return (
    <>
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
