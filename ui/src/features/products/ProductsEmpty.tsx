import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { t } from "../../i18n";
import { type Store, useStoreState } from "../../ipc";
import { useGo } from "../../lib/go";
import { scopeWord } from "../../lib/scopes";
import { cannotRead, productsOffBecause } from "./offBecause";
import type { ProductsList } from "./place";
import { useTabCounts } from "./ProductsTabs";

/** Props of {@link ProductsEmpty}. */
export type ProductsEmptyProps = {
  /** The store. */
  store: Store;
  /** What the list would show. */
  list: ProductsList;
  /** Shows something else. */
  onShow: (change: Partial<ProductsList>) => void;
  /** Makes one. */
  onNew: () => void;
};

/** Stands where products would: why there are none, and the wider search. */
export function ProductsEmpty({ store, list, onShow, onNew }: ProductsEmptyProps) {
  const go = useGo();
  const state = useStoreState(store.key);
  const { all } = useTabCounts(store.key);

  if (all === 0 && cannotRead(store)) {
    return (
      <EmptyState
        title={t("products.empty.scope")}
        actions={<Button onPress={() => go.connect(store.key)}>{t("products.empty.scope.step")}</Button>}
      >
        {t("products.empty.scope.more", { label: scopeWord("products") })}
      </EmptyState>
    );
  }
  if (list.search) {
    return (
      <EmptyState
        title={
          list.tab === "all"
            ? t("products.nothing", { text: list.search })
            : t("products.nothingIn", { text: list.search, label: t(`products.tab.${list.tab}`) })
        }
        actions={
          <>
            {list.tab === "all" ? null : (
              <Button onPress={() => onShow({ tab: "all" })}>{t("products.nothing.wider", { n: all })}</Button>
            )}
            <Button look="quiet" onPress={() => onShow({ search: "" })}>
              {t("products.nothing.clear")}
            </Button>
          </>
        }
      >
        {t("products.nothing.more")}
      </EmptyState>
    );
  }
  if (list.modifiedFrom !== null && all > 0) {
    return (
      <EmptyState
        title={t("products.empty.modified")}
        actions={<Button onPress={() => onShow({ modifiedFrom: null })}>{t("products.empty.anyDay")}</Button>}
      />
    );
  }
  if (list.tab !== "all" && all > 0) {
    return (
      <EmptyState
        title={t(`products.empty.${list.tab}`)}
        actions={<Button onPress={() => onShow({ tab: "all" })}>{t("products.empty.showAll")}</Button>}
      >
        {list.tab === "low" ? t("products.empty.low.more") : null}
      </EmptyState>
    );
  }
  if (state?.phase === "firstPull") {
    return <EmptyState title={t("products.empty.pulling")}>{t("products.empty.pulling.more")}</EmptyState>;
  }
  if (state && state.refreshedAt === null) {
    return <EmptyState title={t("products.empty.notPulled")}>{t("products.empty.notPulled.more")}</EmptyState>;
  }
  return (
    <EmptyState
      title={t("products.empty")}
      actions={
        <Button onPress={onNew} offBecause={productsOffBecause(store)}>
          {t("products.new")}
        </Button>
      }
    >
      {t("products.empty.more")}
    </EmptyState>
  );
}
