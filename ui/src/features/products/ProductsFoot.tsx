import type { ReactNode } from "react";
import { UnreadableNote } from "../../components/UnreadableThings";
import { t } from "../../i18n";
import { useStore, useStoreState, useWrite } from "../../ipc";
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
  const openPage = useWrite("openPage");
  const canOpen = useStore(store)?.isSample === false;
  const unreadable = state?.unreadable.filter(({ area }) => area === "products") ?? [];
  const here = (): ReactNode => {
    if (!state) return "";
    if (state.phase === "firstPull") return t("products.pulling", { n: all });
    if (unreadable.length > 0) {
      return (
        <UnreadableNote
          words={t("products.unreadable", { n: unreadable.length })}
          things={unreadable}
          onOpen={canOpen ? (_, id) => openPage.mutate({ store, page: "product", id }) : null}
          error={openPage.error}
        />
      );
    }
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
