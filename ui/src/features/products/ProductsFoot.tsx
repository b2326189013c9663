import { t } from "../../i18n";
import { useStoreState } from "../../ipc";
import { count as formatted } from "../../lib/counts";
import { shortDate } from "../../lib/dates";
import { useTabCounts } from "./ProductsTabs";

/** Props of {@link ProductsFoot}. */
export type ProductsFootProps = {
  /** The store's key. */
  store: string;
  /** Places in sight. */
  range: { from: number; to: number };
  /** Rows in all. */
  count: number;
};

/** What is in sight, and how much of the store is on this computer. */
export function ProductsFoot({ store, range, count }: ProductsFootProps) {
  const { all } = useTabCounts(store);
  const state = useStoreState(store);
  const unreadable = state?.unreadable.filter(({ area }) => area === "products").length ?? 0;
  const here = (): string => {
    if (!state) return "";
    if (state.phase === "firstPull") return t("products.pulling", { n: all });
    if (unreadable > 0) return t("products.unreadable", { n: unreadable });
    if ((state.trouble || state.phase === "stopped") && state.refreshedAt) {
      return t("products.asOf", { time: shortDate(state.refreshedAt, { inSentence: true }) });
    }
    return t("products.allHere", { n: all });
  };
  return (
    <>
      <span>
        {count === 0
          ? t("products.count", { n: 0 })
          : t("products.range", {
              from: formatted(range.from + 1),
              to: formatted(Math.max(range.from + 1, Math.min(range.to, count))),
              all: formatted(count),
            })}
      </span>
      <span>{here()}</span>
    </>
  );
}
