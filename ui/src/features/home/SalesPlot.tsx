import { type KeyboardEvent, useId, useRef, useState } from "react";
import { t } from "../../i18n";
import type { SalesBar, SalesDto, SalesOverTime } from "../../ipc";
import { dayText } from "../../lib/days";
import { amountIn, money, wholeMoney } from "../../lib/money";
import { lengthOf, linesFor, namedBars } from "./plot";
import css from "./SalesPlot.module.css";

/** Props of {@link SalesPlot} and of the table in its place. */
export type SalesPlotProps = {
  /** Sales. */
  sales: SalesOverTime;
  /** Which currency is shown. */
  currency: string;
  /** There are orders in other currencies, too: they are counted, and stand in no amount here. */
  isOneOfSeveral: boolean;
  /** Bars are months. */
  isByMonth: boolean;
  /** A year before is known as well. */
  isWhole: boolean;
  /** Leads to the orders of some days. */
  onOpen: (days: SalesDto) => void;
};

/** A day or month in words. */
export function barName({ now }: SalesBar, isByMonth: boolean): string {
  return dayText(now.from, isByMonth ? "monthYear" : "week");
}

/** Sales as bars, each beside a mark where it was a year before. One place for the Tab key, arrows within. */
export function SalesPlot({ sales, currency, isOneOfSeveral, isByMonth, isWhole, onOpen }: SalesPlotProps) {
  const { bars } = sales;
  const last = bars.length - 1;
  const [reached, setReached] = useState(last);
  const [shown, setShown] = useState<number | null>(null);
  const plot = useRef<HTMLDivElement>(null);
  const hint = useId();

  const drawn = bars.map(({ now, before }) => ({
    now: lengthOf(amountIn(now.amounts, currency)),
    before: isWhole ? lengthOf(amountIn(before.amounts, currency)) : 0,
  }));
  const lines = linesFor(Math.max(...drawn.map(({ now, before }) => Math.max(now, before))));
  const top = lines.at(-1) ?? 1;
  const share = (length: number) => `${(length / top) * 100}%`;
  const named = namedBars(bars.length);
  const at = Math.min(reached, last);
  const hasBefore = drawn.some(({ before }) => before > 0);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, to));
    setReached(next);
    plot.current?.querySelectorAll<HTMLElement>("[data-bar]")[next]?.focus();
  };

  const ordersOf = ({ now }: SalesBar) => t(isOneOfSeveral ? "home.ordersInAll" : "home.orders", { n: now.orders });
  const said = (bar: SalesBar) => {
    const words = t("home.sales.bar", {
      when: barName(bar, isByMonth),
      sum: money(amountIn(bar.now.amounts, currency)),
      orders: ordersOf(bar),
    });
    return hasBefore
      ? t("home.sales.bar.before", { bar: words, sum: money(amountIn(bar.before.amounts, currency)) })
      : words;
  };
  const tip = shown === null ? null : bars[Math.min(shown, last)];

  return (
    <div className={css["whole"]}>
      <div className={css["axis"]} aria-hidden>
        {lines.map((line) => (
          <span key={line} style={{ bottom: share(line) }}>
            {wholeMoney({ amount: String(line), currency })}
          </span>
        ))}
        {/* Makes room for the widest of them. */}
        <i>{wholeMoney({ amount: String(top), currency })}</i>
      </div>
      <div className={css["field"]}>
        <div className={css["lines"]} aria-hidden>
          {lines.map((line) => (
            <i key={line} style={{ bottom: share(line) }} />
          ))}
        </div>
        <div
          ref={plot}
          role="group"
          aria-label={t(isByMonth ? "home.sales.perMonth" : "home.sales.perDay")}
          aria-describedby={hint}
          className={css["bars"]}
        >
          {bars.map((bar, place) => (
            // A button that is drawn as a bar; its column is easier to hit than a low bar is.
            <button
              key={bar.now.from}
              type="button"
              data-bar
              role="link"
              tabIndex={place === at ? 0 : -1}
              aria-label={said(bar)}
              className={css["column"]}
              data-shown={place === shown || undefined}
              onClick={() => onOpen(bar.now)}
              onFocus={() => {
                setReached(place);
                setShown(place);
              }}
              onBlur={() => setShown(null)}
              onKeyDown={onKeyDown}
              onPointerLeave={() => setShown(null)}
              onPointerEnter={() => setShown(place)}
            >
              {(drawn[place]?.now ?? 0) > 0 ? (
                <span
                  className={css["bar"]}
                  data-running={place === last || undefined}
                  style={{ height: share(drawn[place]?.now ?? 0) }}
                />
              ) : null}
              {(drawn[place]?.before ?? 0) > 0 ? (
                <span className={css["before"]} style={{ bottom: share(drawn[place]?.before ?? 0) }} />
              ) : null}
            </button>
          ))}
        </div>
        {tip && shown !== null ? (
          <div
            className={css["tip"]}
            aria-hidden
            style={{
              // Its own width further left, the further right the bar stands: it never leaves the plot.
              left: share(((shown + 0.5) / bars.length) * top),
              translate: `-${((shown + 0.5) / bars.length) * 100}% 0`,
            }}
          >
            <p className={css["tipWhen"]}>{barName(tip, isByMonth)}</p>
            <p>
              <strong>{money(amountIn(tip.now.amounts, currency))}</strong> {ordersOf(tip)}
            </p>
            {hasBefore ? (
              <p className={css["tipWhen"]}>
                {t("home.sales.tip.before", { sum: money(amountIn(tip.before.amounts, currency)) })}
              </p>
            ) : null}
          </div>
        ) : null}
        <div className={css["names"]} aria-hidden>
          {bars.map((bar, place) => (
            <span key={bar.now.from}>
              {named.has(place) ? (
                <b>
                  {place === last && !isByMonth
                    ? t("home.sales.today")
                    : dayText(bar.now.from, isByMonth ? "month" : "short")}
                </b>
              ) : null}
            </span>
          ))}
        </div>
      </div>
      <p className={css["legend"]}>
        <span className={css["key"]}>
          <i className={css["keyBar"]} aria-hidden />
          {t(isByMonth ? "home.sales.perMonth" : "home.sales.perDay")}
        </span>
        <span className={css["key"]}>
          <i className={css["keyBar"]} data-running aria-hidden />
          {t(isByMonth ? "home.sales.soFar.month" : "home.sales.soFar.day")}
        </span>
        {hasBefore ? (
          <span className={css["key"]}>
            <i className={css["keyBefore"]} aria-hidden />
            {t(isByMonth ? "home.sales.before.month" : "home.sales.before.day")}
          </span>
        ) : null}
        <span className={css["lead"]}>{t(isByMonth ? "home.sales.lead.month" : "home.sales.lead.day")}</span>
      </p>
      <p id={hint} hidden>
        {t("home.sales.keys")}
      </p>
    </div>
  );
}
