import { Package, Tag, TriangleAlert, UserPlus } from "lucide-react";
import type { ReactNode } from "react";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import type { HomeNumbers, Store, StoreState } from "../../ipc";
import { dayText } from "../../lib/days";
import { useGo } from "../../lib/go";
import { moneySum } from "../../lib/money";
import { scopeWord } from "../../lib/scopes";
import { areaIn } from "./areas";
import css from "./Lines.module.css";
import { ToList } from "./ToList";

/** Props of {@link SinceYesterday}. */
export type SinceYesterdayProps = {
  /** The store. */
  store: Store;
  /** What to show. */
  numbers: HomeNumbers;
  /** How the store is doing. */
  state: StoreState;
};

/** What came since yesterday's midnight. */
export function SinceYesterday({ store, numbers, state }: SinceYesterdayProps) {
  const go = useGo();
  const { sales, awaitingFulfillment, customers, products } = numbers.sinceYesterday;
  const { from } = sales;
  const is = { orders: areaIn(state, "orders").is, products: areaIn(state, "products").is };
  const people = areaIn(state, "customers");
  const newest = { from, sort: "placed", way: "down" };
  return (
    <Section level={2} title={t("home.since")} count={dayText(from, "week")}>
      <ul className={css["events"]}>
        {is.orders === "here" ? (
          <Event
            icon={<Package aria-hidden />}
            onPress={sales.orders > 0 ? () => go.orders(store.key, { ...newest, status: "all" }) : null}
            more={
              sales.orders === 0 ? null : awaitingFulfillment > 0 ? (
                <ToList look="words" onPress={() => go.orders(store.key, { ...newest, status: "11" })}>
                  {t("home.since.awaiting", { n: awaitingFulfillment })}
                </ToList>
              ) : (
                t("home.since.awaiting", { n: 0 })
              )
            }
          >
            {t("home.since.orders", { n: sales.orders, sum: moneySum(sales.amounts) })}
          </Event>
        ) : null}
        {people.is === "here" ? (
          <Event
            icon={<UserPlus aria-hidden />}
            onPress={
              customers > 0 ? () => go.customers(store.key, { from, sort: "registered", way: "down" }) : null
            }
            more={people.isWhole ? t("home.since.customers.of", { n: numbers.customers }) : null}
          >
            {t("home.since.customers", { n: customers })}
          </Event>
        ) : people.is === "outOfReach" ? (
          <Event icon={<UserPlus aria-hidden />} onPress={null} more={t("home.scope.more", { label: scopeWord("customers") })}>
            {t("home.scope.customers")}
          </Event>
        ) : null}
        {is.products === "here" ? (
          <Event
            icon={<Tag aria-hidden />}
            onPress={
              products > 0
                ? () => go.products(store.key, { show: "all", from, sort: "modified", way: "down" })
                : null
            }
            more={products > 0 ? t("home.since.products.more") : null}
          >
            {t("home.since.products", { n: products })}
          </Event>
        ) : null}
        {state.changesToLookAt > 0 ? (
          <Event
            icon={<TriangleAlert aria-hidden />}
            onPress={() => go.activity(store.key, { filter: "toLookAt" })}
            more={t("home.since.toLookAt.more")}
          >
            {t("home.since.toLookAt", { n: state.changesToLookAt })}
          </Event>
        ) : null}
      </ul>
    </Section>
  );
}

type EventProps = {
  icon: ReactNode;
  children: ReactNode;
  more: ReactNode;
  onPress: (() => void) | null;
};

function Event({ icon, children, more, onPress }: EventProps) {
  return (
    <li>
      {icon}
      <span className={css["event"]}>
        {onPress ? (
          <ToList look="plain" onPress={onPress}>
            {children}
          </ToList>
        ) : (
          <span>{children}</span>
        )}
        {more ? <span className={css["more"]}>{more}</span> : null}
      </span>
    </li>
  );
}
