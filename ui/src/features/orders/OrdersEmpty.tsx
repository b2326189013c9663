import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { t } from "../../i18n";
import { type Store, useRead, useStoreState } from "../../ipc";
import { useGo } from "../../lib/go";
import { scopeWord } from "../../lib/scopes";
import { cannotRead } from "./offBecause";
import type { OrdersList } from "./place";

/** Props of {@link OrdersEmpty}. */
export type OrdersEmptyProps = {
  /** The store. */
  store: Store;
  /** What the list would show. */
  list: OrdersList;
  /** How many rows it would have without the search. */
  without: number;
  /** Shows something else. */
  onShow: (change: Partial<OrdersList>) => void;
};

/** Stands where orders would: why there are none, and the wider search. */
export function OrdersEmpty({ store, list, without, onShow }: OrdersEmptyProps) {
  const go = useGo();
  const state = useStoreState(store.key);
  const statuses = useRead("statuses", { store: store.key }).data;
  const label = statuses?.statuses.find(({ statusId }) => statusId === list.statusId)?.label ?? null;

  if (without === 0 && (statuses?.total ?? 0) === 0 && cannotRead(store)) {
    return (
      <EmptyState
        title={t("orders.empty.scope")}
        actions={<Button onPress={() => go.connect(store.key)}>{t("orders.empty.scope.step")}</Button>}
      >
        {t("orders.empty.scope.more", { label: scopeWord("orders") })}
      </EmptyState>
    );
  }

  if (list.customer !== null && !list.search) {
    return (
      <EmptyState
        title={t("orders.empty.customer")}
        actions={<Button onPress={() => onShow({ customer: null })}>{t("orders.empty.showAll")}</Button>}
      />
    );
  }
  if (list.search) {
    return (
      <EmptyState
        title={
          label === null
            ? t("orders.nothing", { text: list.search })
            : t("orders.nothingIn", { text: list.search, label })
        }
        actions={
          <>
            {list.statusId !== null && (statuses?.total ?? 0) > without ? (
              <Button onPress={() => onShow({ statusId: null })}>
                {t("orders.nothing.wider", { n: statuses?.total ?? 0 })}
              </Button>
            ) : list.statusId === null && !list.showIncomplete ? (
              <Button onPress={() => onShow({ showIncomplete: true })}>{t("orders.nothing.withIncomplete")}</Button>
            ) : null}
            <Button look="quiet" onPress={() => onShow({ search: "" })}>
              {t("orders.nothing.clear")}
            </Button>
          </>
        }
      >
        {t("orders.nothing.more")}
      </EmptyState>
    );
  }
  if (list.placedFrom !== null || list.placedTo !== null) {
    return (
      <EmptyState
        title={label === null ? t("orders.empty.days") : t("orders.empty.daysStatus", { label })}
        actions={
          <Button onPress={() => onShow({ placedFrom: null, placedTo: null })}>{t("orders.empty.allDays")}</Button>
        }
      >
        {state?.phase === "firstPull" ? t("orders.empty.days.pulling") : null}
      </EmptyState>
    );
  }
  if (label !== null) {
    return (
      <EmptyState
        title={t("orders.empty.status", { label })}
        actions={<Button onPress={() => onShow({ statusId: null })}>{t("orders.empty.showAll")}</Button>}
      />
    );
  }
  if (state?.phase === "firstPull") {
    return <EmptyState title={t("orders.empty.pulling")}>{t("orders.empty.pulling.more")}</EmptyState>;
  }
  if (state && state.refreshedAt === null) {
    return <EmptyState title={t("orders.empty.notPulled")}>{t("orders.empty.notPulled.more")}</EmptyState>;
  }
  return <EmptyState title={t("orders.empty")}>{t("orders.empty.more")}</EmptyState>;
}
