import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import type { StockState } from "../../ipc";
import { count } from "../../lib/counts";
import css from "./StockWord.module.css";

/** Props of {@link StockWord}. */
export type StockWordProps = {
  /** How the stock stands. */
  stock: StockState;
  /** Pieces. */
  level: number;
  /** In a line of its own, not in a column. */
  inline?: boolean;
};

const marks = {
  enough: { shape: "full", kind: "ok" },
  low: { shape: "half", kind: "warn" },
  out: { shape: "cross", kind: "bad" },
} as const;

/** How many there are, and what that means: a figure, a mark and, where it matters, a word. */
export function StockWord({ stock, level, inline }: StockWordProps) {
  if (stock === "uncounted") return <span className={css["none"]}>{t("stock.uncounted")}</span>;
  if (inline) {
    return (
      <>
        <Mark {...marks[stock]} />
        {t(`stock.inline.${stock}`, { level: count(level) })}
      </>
    );
  }
  return (
    <span className={css["stock"]}>
      <span className={css["level"]}>{count(level)}</span>
      <Mark {...marks[stock]} />
      <span className={css["word"]}>{t(`stock.${stock}`)}</span>
    </span>
  );
}
