import type { ReactNode } from "react";
import { t } from "../../i18n";
import type { HomeNumbers, MoneyDto, SalesDto, Store } from "../../ipc";
import { count } from "../../lib/counts";
import { daysText } from "../../lib/days";
import { useGo } from "../../lib/go";
import { amountIn, money, moneySum } from "../../lib/money";
import { changeOf } from "./change";
import { ageText } from "./age";
import css from "./Figures.module.css";
import { ToList } from "./ToList";

/** Props of {@link Figures}. */
export type FiguresProps = {
  /** The store. */
  store: Store;
  /** What to show. */
  numbers: HomeNumbers;
  /** All orders are here, so that earlier days can be compared with. */
  isWhole: boolean;
};

/** The id of the status that orders wait in. */
const awaitingFulfillment = 11;

/** The store's own currency first; the others stand behind it, never added to it. */
function byCurrency({ amounts }: SalesDto, own: string): { main: MoneyDto; others: MoneyDto[] } {
  const currency = amounts.some((amount) => amount.currency === own) || own !== "" ? own : (amounts[0]?.currency ?? "");
  return {
    main: amountIn(amounts, currency),
    others: amounts.filter((amount) => amount.currency !== currency),
  };
}

/** Today, this month, and what waits: each leads to its orders. */
export function Figures({ store, numbers, isWhole }: FiguresProps) {
  const go = useGo();
  const { today, yesterday, month, monthBefore, oldestAwaiting } = numbers;
  const placed = { status: "all", sort: "placed", way: "down" };
  const awaiting = numbers.statuses.find(({ statusId }) => statusId === awaitingFulfillment);

  const monthThen = byCurrency(monthBefore, store.currency).main;
  const monthDays = daysText(monthBefore.from, monthBefore.to, "short");
  // How one of several currencies did says little of the month.
  const isOne = month.amounts.length <= 1 && monthBefore.amounts.length <= 1;
  const change = isOne ? changeOf(byCurrency(month, store.currency).main, monthThen) : null;

  return (
    <section className={css["figures"]} aria-label={t("home.figures")}>
      <Sold
        label={t("home.today")}
        sales={today}
        own={store.currency}
        aside={
          !isWhole
            ? null
            : yesterday.orders === 0
              ? t("home.yesterday.none")
              : t("home.yesterday", { sum: moneySum(yesterday.amounts) })
        }
        onPress={() => go.orders(store.key, { ...placed, from: today.from })}
      />
      <Sold
        label={t("home.month")}
        sales={month}
        own={store.currency}
        aside={
          !isWhole
            ? null
            : change !== null
              ? t("home.monthBefore", { change: change.words, days: monthDays })
              : monthBefore.orders > 0
                ? t("home.monthBefore.sums", { sum: moneySum(monthBefore.amounts), days: monthDays })
                : t("home.monthBefore.none", { days: monthDays })
        }
        asideLook={change?.isUp ? "up" : "plain"}
        onPress={() => go.orders(store.key, { ...placed, from: month.from })}
      />
      <Figure
        label={awaiting?.label ?? t("home.awaiting")}
        value={count(awaiting?.count ?? 0)}
        second={null}
        aside={
          oldestAwaiting
            ? t("home.awaiting.oldest", {
                order: oldestAwaiting.order,
                age: ageText(oldestAwaiting.placedAt, numbers.now),
              })
            : t("home.awaiting.none")
        }
        onPress={() => go.orders(store.key, { status: String(awaitingFulfillment), sort: "placed", way: "up" })}
      />
    </section>
  );
}

type SoldProps = {
  label: string;
  sales: SalesDto;
  own: string;
  aside: ReactNode;
  asideLook?: "up" | "plain";
  onPress: () => void;
};

function Sold({ sales, own, ...rest }: SoldProps) {
  const { main, others } = byCurrency(sales, own);
  return (
    <Figure
      {...rest}
      value={money(main)}
      second={[...others.map((amount) => `+ ${money(amount)}`), t("home.orders", { n: sales.orders })].join(", ")}
    />
  );
}

type FigureProps = {
  label: string;
  value: string;
  second: string | null;
  aside: ReactNode;
  asideLook?: "up" | "plain";
  onPress: () => void;
};

function Figure({ label, value, second, aside, asideLook = "plain", onPress }: FigureProps) {
  return (
    <div className={css["figure"]}>
      <ToList look="figure" onPress={onPress}>
        <span className={css["label"]}>{label}</span>
        <span className={css["line"]}>
          <span className={css["value"]}>{value}</span>
          {second === null ? null : <span className={css["second"]}>{second}</span>}
        </span>
        <span className={css["aside"]} data-look={asideLook}>
          {aside}
        </span>
      </ToList>
    </div>
  );
}
