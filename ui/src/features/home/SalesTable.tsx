import { t } from "../../i18n";
import { count } from "../../lib/counts";
import { amountIn, money } from "../../lib/money";
import { barName, type SalesPlotProps } from "./SalesPlot";
import css from "./SalesTable.module.css";
import { ToList } from "./ToList";

/** The same as the plot, in figures; the newest first. */
export function SalesTable({ sales, currency, isOneOfSeveral, isByMonth, isWhole, onOpen }: SalesPlotProps) {
  const name = t(isByMonth ? "home.sales.perMonth" : "home.sales.perDay");
  return (
    <div className={css["frame"]}>
      <table className={css["table"]} aria-label={name}>
        <thead>
          <tr>
            <th scope="col">{t(isByMonth ? "home.sales.column.month" : "home.sales.column.day")}</th>
            <th scope="col">{t(isOneOfSeveral ? "home.sales.column.ordersInAll" : "home.sales.column.orders")}</th>
            <th scope="col">{t("home.sales.column.sales")}</th>
            {isWhole ? <th scope="col">{t("home.sales.column.before")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {sales.bars.toReversed().map((bar) => (
            <tr key={bar.now.from}>
              <th scope="row">
                <ToList look="words" onPress={() => onOpen(bar.now)}>
                  {barName(bar, isByMonth)}
                </ToList>
              </th>
              <td>{count(bar.now.orders)}</td>
              <td>{money(amountIn(bar.now.amounts, currency))}</td>
              {isWhole ? <td>{money(amountIn(bar.before.amounts, currency))}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
