import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { t } from "../../i18n";
import { type Store, useStoreState } from "../../ipc";
import { useGo } from "../../lib/go";
import { scopeWord } from "../../lib/scopes";
import { cannotRead } from "./offBecause";
import type { CustomersList } from "./place";

/** Props of {@link CustomersEmpty}. */
export type CustomersEmptyProps = {
  /** The store. */
  store: Store;
  /** What the list would show. */
  list: CustomersList;
  /** How many rows it would have without the search. */
  without: number;
  /** Shows something else. */
  onShow: (change: Partial<CustomersList>) => void;
};

/** Stands where customers would: why there are none. */
export function CustomersEmpty({ store, list, without, onShow }: CustomersEmptyProps) {
  const go = useGo();
  const state = useStoreState(store.key);
  if (without === 0 && cannotRead(store)) {
    return (
      <EmptyState
        title={t("customers.empty.scope")}
        actions={<Button onPress={() => go.connect(store.key)}>{t("customers.empty.scope.step")}</Button>}
      >
        {t("customers.empty.scope.more", { label: scopeWord("customers") })}
      </EmptyState>
    );
  }
  if (list.search) {
    return (
      <EmptyState
        title={t("customers.nothing", { text: list.search })}
        actions={
          <>
            <Button onPress={() => go.orders(store.key, { status: "all", q: list.search })}>
              {t("customers.nothing.inOrders")}
            </Button>
            <Button look="quiet" onPress={() => onShow({ search: "" })}>
              {t("customers.nothing.clear")}
            </Button>
          </>
        }
      >
        {t("customers.nothing.more")}
      </EmptyState>
    );
  }
  if (list.registeredFrom !== null) {
    return (
      <EmptyState
        title={t("customers.empty.registered")}
        actions={<Button onPress={() => onShow({ registeredFrom: null })}>{t("customers.empty.showAll")}</Button>}
      >
        {state?.phase === "firstPull" ? t("customers.empty.pulling.more") : null}
      </EmptyState>
    );
  }
  if (state?.phase === "firstPull") {
    return <EmptyState title={t("customers.empty.pulling")}>{t("customers.empty.pulling.more")}</EmptyState>;
  }
  if (state && state.refreshedAt === null) {
    return <EmptyState title={t("customers.empty.notPulled")}>{t("customers.empty.notPulled.more")}</EmptyState>;
  }
  return <EmptyState title={t("customers.empty")}>{t("customers.empty.more")}</EmptyState>;
}
