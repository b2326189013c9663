import type { ReactNode } from "react";
import { UnreadableNote } from "../../components/UnreadableThings";
import { t } from "../../i18n";
import { useRead, useStore, useStoreState, useWrite } from "../../ipc";
import { count as formatted } from "../../lib/counts";
import { shortDate } from "../../lib/dates";

/** Props of {@link CustomersFoot}. */
export type CustomersFootProps = {
  /** The store's key. */
  store: string;
  /** Places in sight. */
  range: { from: number; to: number };
  /** Rows in all. */
  count: number;
};

/** What is in sight, and how much of the store is on this computer. */
export function CustomersFoot({ store, range, count }: CustomersFootProps) {
  const state = useStoreState(store);
  const all = useRead("home", { store }).data?.customers ?? 0;
  const openPage = useWrite("openPage");
  const canOpen = useStore(store)?.isSample === false;
  const unreadable = state?.unreadable.filter(({ area }) => area === "customers") ?? [];
  const here = (): ReactNode => {
    if (!state) return "";
    if (state.phase === "firstPull") return t("customers.pulling", { n: all });
    if (unreadable.length > 0) {
      return (
        <UnreadableNote
          words={t("customers.unreadable", { n: unreadable.length })}
          things={unreadable}
          onOpen={canOpen ? (_, id) => openPage.mutate({ store, page: "customer", id }) : null}
          error={openPage.error}
        />
      );
    }
    if ((state.trouble || state.phase === "stopped") && state.refreshedAt) {
      return t("customers.asOf", { time: shortDate(state.refreshedAt, { inSentence: true }) });
    }
    return t("customers.allHere", { n: all });
  };
  return (
    <>
      <span>
        {count === 0
          ? t("customers.count", { n: 0 })
          : t("customers.range", {
              from: formatted(range.from + 1),
              to: formatted(Math.max(range.from + 1, Math.min(range.to, count))),
              all: formatted(count),
            })}
      </span>
      <span>{here()}</span>
    </>
  );
}
