import { ChartColumn, Table } from "lucide-react";
import { useState } from "react";
import { SegmentedControl } from "../../components/SegmentedControl";
import { TextButton } from "../../components/TextButton";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type SalesDto, type SalesPeriod, type Store, useRead, useRemembered } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { useGo } from "../../lib/go";
import { amountIn, money } from "../../lib/money";
import { changeOf } from "./change";
import { SalesFacts } from "./SalesFacts";
import { SalesPlot } from "./SalesPlot";
import { SalesTable } from "./SalesTable";
import css from "./SalesPart.module.css";

/** Props of {@link SalesPart}. */
export type SalesPartProps = {
  /** The store. */
  store: Store;
  /** All orders are here, so that a year before can be compared with. */
  isWhole: boolean;
};

const periods = ["days7", "days30", "months12"] as const satisfies readonly SalesPeriod[];

const readPeriod = (value: unknown): SalesPeriod | null =>
  periods.includes(value as SalesPeriod) ? (value as SalesPeriod) : null;
const readWhether = (value: unknown): boolean | null => (typeof value === "boolean" ? value : null);

/** Today moves on without anybody doing anything. */
const ageingMs = 60_000;

/** Every currency of some sales, the store's own first. */
function currenciesOf(all: readonly SalesDto[], own: string): string[] {
  const found = new Set(all.flatMap(({ amounts }) => amounts.map(({ currency }) => currency)));
  if (own !== "" && (found.has(own) || found.size === 0)) return [own, ...[...found].filter((one) => one !== own)];
  return [...found];
}

/** Sales over time, as a plot or as a table. */
export function SalesPart({ store, isWhole }: SalesPartProps) {
  const go = useGo();
  const [period, setPeriod, { known }] = useRemembered<SalesPeriod>(store.key, "home.period", readPeriod, "days30");
  const [isTable, setTable] = useRemembered<boolean>(store.key, "home.table", readWhether, false);
  const [wanted, setWanted] = useState<string | null>(null);
  const sales = useRead("sales", { store: store.key, period }, { enabled: known, keepPrevious: true, everyMs: ageingMs });

  const { data } = sales;
  // While another stretch is being read the last one stays, under its own name.
  const shown = data ? (data.bars.length === 7 ? "days7" : data.bars.length === 30 ? "days30" : "months12") : period;
  const isByMonth = shown === "months12";
  const currencies = data ? currenciesOf([data.whole, data.before], store.currency) : [];
  const currency = wanted !== null && currencies.includes(wanted) ? wanted : (currencies[0] ?? store.currency);
  const isOneOfSeveral = currencies.length > 1;
  const change =
    data && isWhole ? changeOf(amountIn(data.whole.amounts, currency), amountIn(data.before.amounts, currency)) : null;

  useOffer("screen", () => {
    const group = t("home.sales");
    return [
      {
        id: "sales-as",
        group,
        label: t(isTable ? "home.sales.asPlot" : "home.sales.asTable"),
        icon: isTable ? <ChartColumn aria-hidden /> : <Table aria-hidden />,
        run: () => setTable(!isTable),
      },
      ...periods.map((one) => ({
        id: `sales-${one}`,
        group,
        label: t("palette.sales", { period: t(`home.sales.${one}`) }),
        icon: <ChartColumn aria-hidden />,
        offBecause: one === period ? t("palette.inForce") : null,
        run: () => setPeriod(one),
      })),
      ...(isOneOfSeveral
        ? currencies.map((one) => ({
            id: `sales-in-${one}`,
            group,
            label: t("palette.salesIn", { currency: one }),
            icon: <ChartColumn aria-hidden />,
            offBecause: one === currency ? t("palette.inForce") : null,
            run: () => setWanted(one),
          }))
        : []),
    ];
  });

  const openOrders = (days: SalesDto) => {
    // Today's orders are all that have come since its midnight: the store's clock may be ahead of this computer's.
    const isLast = days.to === data?.whole.to;
    go.orders(store.key, {
      status: "all",
      sort: "placed",
      way: "down",
      from: days.from,
      ...(isLast ? {} : { to: days.to }),
    });
  };

  const figures = data?.figures.find((one) => one.currency === currency);
  const told = data ? { sales: data, currency, isOneOfSeveral, isByMonth, isWhole, onOpen: openOrders } : null;

  return (
    <section className={css["sales"]} aria-label={t("home.sales")}>
      <div className={css["head"]}>
        <h2 className={css["title"]}>{t(isByMonth ? "home.sales.perMonth" : "home.sales.perDay")}</h2>
        {data ? (
          <span className={css["sum"]} data-selectable>
            <strong>{money(amountIn(data.whole.amounts, currency))}</strong>
            <span>{t(isOneOfSeveral ? "home.ordersInAll" : "home.orders", { n: data.whole.orders })}</span>
            {change ? (
              <span className={css["change"]} data-up={change.isUp || undefined}>
                {t("home.sales.year", { change: change.words })}
              </span>
            ) : null}
          </span>
        ) : null}
        <span className={css["choices"]}>
          <TextButton size="small" onPress={() => setTable(!isTable)}>
            {t(isTable ? "home.sales.asPlot" : "home.sales.asTable")}
          </TextButton>
          {isOneOfSeveral ? (
            <SegmentedControl
              label={t("home.sales.currency")}
              choices={currencies.map((one) => ({ value: one, label: one }))}
              value={currency}
              onChange={setWanted}
            />
          ) : null}
          <SegmentedControl
            label={t("home.sales.period")}
            choices={periods.map((value) => ({ value, label: t(`home.sales.${value}`) }))}
            value={period}
            onChange={setPeriod}
          />
        </span>
        {figures ? <SalesFacts figures={figures} /> : null}
      </div>
      {told ? (
        isTable ? (
          <SalesTable {...told} />
        ) : (
          <SalesPlot key={shown} {...told} />
        )
      ) : sales.error ? (
        <Trouble error={sales.error} steps={["tryAgain"]} onStep={() => void sales.refetch()} busy={sales.isFetching} />
      ) : (
        <div className={css["room"]} aria-busy />
      )}
    </section>
  );
}
