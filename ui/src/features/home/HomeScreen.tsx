import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { useRead, useStore, useStoreState } from "../../ipc";
import { dayText, isElsewhere } from "../../lib/days";
import { useGo } from "../../lib/go";
import { scopeWord } from "../../lib/scopes";
import { areaIn } from "./areas";
import { Figures } from "./Figures";
import { HiddenProducts } from "./HiddenProducts";
import css from "./HomeScreen.module.css";
import { OpenStatuses } from "./OpenStatuses";
import { RecentActivity } from "./RecentActivity";
import { SalesPart } from "./SalesPart";
import { SinceYesterday } from "./SinceYesterday";
import { StockPart } from "./StockPart";
import { Unwhole } from "./Unwhole";

/** Props of {@link HomeScreen}. */
export type HomeScreenProps = {
  /** The store's key. */
  store: string;
};

/** Today moves on without anybody doing anything. */
const ageingMs = 60_000;

/** How a store is doing at a glance: what was sold, and what wants looking after. Everything leads to its list. */
export function HomeScreen({ store: key }: HomeScreenProps) {
  const go = useGo();
  const store = useStore(key);
  const state = useStoreState(key);
  const home = useRead("home", { store: key }, { everyMs: ageingMs });
  if (!store || !state) return null;

  const orders = areaIn(state, "orders");
  const products = areaIn(state, "products");
  const numbers = home.data;

  const ordersPart = () => {
    if (!numbers) return null;
    if (orders.is === "outOfReach") {
      return (
        <div className={css["instead"]}>
          <EmptyState
            title={t("home.scope.orders")}
            actions={<Button onPress={() => go.connect(key)}>{t("home.scope.step")}</Button>}
          >
            {t("home.scope.more", { label: scopeWord("orders") })}
          </EmptyState>
        </div>
      );
    }
    if (orders.is === "waiting") {
      return (
        <div className={css["instead"]}>
          <EmptyState title={t("home.notPulled")}>{t("home.notPulled.more")}</EmptyState>
        </div>
      );
    }
    if (orders.is === "loading") return <Loading label={t("home.loading")} />;
    return (
      <>
        <Figures store={store} numbers={numbers} isWhole={orders.isWhole} />
        {orders.here === 0 ? (
          <div className={css["instead"]}>
            <EmptyState title={t("home.empty")}>{t("home.empty.more")}</EmptyState>
          </div>
        ) : (
          <SalesPart store={store} isWhole={orders.isWhole} />
        )}
      </>
    );
  };

  return (
    <main className={css["screen"]} aria-label={t("home.title")} aria-busy={numbers === undefined && !home.error}>
      <div className={css["wide"]}>
        <header className={css["head"]}>
          <h1 className={css["title"]}>{t("home.title")}</h1>
          {numbers ? (
            <span className={css["when"]}>
              {dayText(numbers.today.to, "full")}
              {isElsewhere(numbers.timeZone) ? (
                <span className={css["zone"]}>{t("home.zone", { zone: numbers.timeZone.replaceAll("_", " ") })}</span>
              ) : null}
            </span>
          ) : null}
        </header>
        {home.error && !numbers ? (
          <div className={css["failed"]}>
            <Trouble error={home.error} steps={["tryAgain"]} onStep={() => void home.refetch()} busy={home.isFetching} />
          </div>
        ) : null}
        {numbers ? (
          <div className={css["parts"]}>
            <div className={css["sold"]}>
              <Unwhole state={state} />
              {ordersPart()}
            </div>
            <div className={css["work"]}>
              {orders.is === "here" && orders.here > 0 ? <OpenStatuses store={key} numbers={numbers} /> : null}
              <StockPart store={store} numbers={numbers} area={products} />
            </div>
            <div className={css["side"]}>
              <SinceYesterday store={store} numbers={numbers} state={state} />
              {products.is === "here" && products.here > 0 ? <HiddenProducts store={key} numbers={numbers} /> : null}
              <RecentActivity store={key} />
            </div>
          </div>
        ) : null}
      </div>
    </main>
  );
}

/** Where numbers will be that nobody has seen yet. */
function Loading({ label }: { label: string }) {
  return (
    <div className={css["loading"]} role="img" aria-label={label}>
      <div className={css["bars"]}>
        <i />
        <i />
        <i />
      </div>
      <div className={css["block"]} />
    </div>
  );
}
