import { UnreadableNote } from "../../components/UnreadableThings";
import { t } from "../../i18n";
import { useRead, useStore, useStoreState, useWrite } from "../../ipc";
import { count as formatted } from "../../lib/counts";
import { shortDate, span } from "../../lib/dates";

/** Props of {@link OrdersFoot}. */
export type OrdersFootProps = {
  /** The store's key. */
  store: string;
  /** Places in sight. */
  range: { from: number; to: number };
  /** Rows in all. */
  count: number;
};

/** What is in sight, and how much of the store is on this computer. */
export function OrdersFoot({ store, range, count }: OrdersFootProps) {
  const state = useStoreState(store);
  const openPage = useWrite("openPage");
  const canOpen = useStore(store)?.isSample === false;
  const unreadable = state?.unreadable.filter(({ area }) => area === "orders") ?? [];
  const statuses = useRead("statuses", { store }).data?.statuses ?? [];
  const unfinished = statuses.find((status) => status.statusId === 0)?.count ?? 0;
  const inSight =
    count === 0
      ? t("orders.count", { n: 0 })
      : t("orders.range", {
          from: formatted(range.from + 1),
          to: formatted(Math.max(range.from + 1, Math.min(range.to, count))),
          all: formatted(count),
        });
  return (
    <>
      <span>{inSight}</span>
      <span>
        {unreadable.length > 0 && state?.phase !== "firstPull" ? (
          <UnreadableNote
            words={t("orders.unreadable", { n: unreadable.length })}
            things={unreadable}
            onOpen={canOpen ? (_, id) => openPage.mutate({ store, page: "order", id }) : null}
            error={openPage.error}
          />
        ) : state ? (
          here(state, unfinished)
        ) : null}
      </span>
    </>
  );
}

function here(state: NonNullable<ReturnType<typeof useStoreState>>, unfinished: number): string {
  if (state.phase === "firstPull" && state.ordersInStore !== null) {
    const all = t("orders.someHere", { n: formatted(state.orders), all: formatted(state.ordersInStore) });
    return state.secondsLeft === null ? all : `${all}, ${t("pill.left", { span: span(state.secondsLeft) })}`;
  }
  if ((state.trouble || state.phase === "stopped") && state.refreshedAt) {
    return t("orders.asOf", { time: shortDate(state.refreshedAt, { inSentence: true }) });
  }
  return unfinished > 0
    ? t("orders.allHereWith", { n: Math.max(0, state.orders - unfinished), unfinished })
    : t("orders.allHere", { n: state.orders });
}
