import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { BusySign } from "../components/BusySign";
import { Button } from "../components/Button";
import { Keys } from "../components/Keys";
import { ProgressBar } from "../components/ProgressBar";
import { TextButton } from "../components/TextButton";
import { UnreadableThings } from "../components/UnreadableThings";
import { t } from "../i18n";
import { type Area, type Store, type StoreState, useRead, useWrite } from "../ipc";
import { count } from "../lib/counts";
import { ago, fullDate, span } from "../lib/dates";
import { pageOf } from "../lib/pages";
import { useGo } from "../lib/go";
import { shownKeys } from "../lib/shortcuts";
import { incomplete } from "../lib/statuses";
import { troubleWords } from "../lib/trouble";
import css from "./StatusDetails.module.css";
import type { StatusWords } from "./statusWords";

/** Props of {@link StatusDetails}. */
export type StatusDetailsProps = {
  /** The store. */
  store: Store;
  /** How it is doing. */
  state: StoreState;
  /** The same in a few words. */
  words: StatusWords;
  /** The present moment. */
  now: Date;
  /** Takes the details away. */
  onClose: () => void;
};

const fact = (name: string, value: ReactNode) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

/** Lines grow and shrink by themselves, and nobody is told: only these details show them. */
const lineMs = 2000;

/** Everything there is to say about how a store is doing, and the way to ask it now. */
export function StatusDetails({ store, state, words, now, onClose }: StatusDetailsProps) {
  const go = useGo();
  const refresh = useWrite("refresh");
  useRead("storeState", { store: store.key }, { everyMs: lineMs });
  const numbers = useRead("home", { store: store.key }).data;
  const statuses = useRead("statuses", { store: store.key }).data?.statuses ?? [];
  const unfinished = statuses.find(({ statusId }) => statusId === incomplete)?.count ?? 0;
  const openPage = useWrite("openPage");
  const open = (area: Area, id: string) => {
    const page = pageOf(area);
    if (page) openPage.mutate({ store: store.key, page, id });
  };
  const trouble = state.trouble && state.trouble.code !== "cancelled" ? troubleWords(state.trouble) : null;
  const failed = refresh.error ? troubleWords(refresh.error) : null;
  const changes = state.changesWaiting > 0 || state.changesToLookAt > 0;
  const busy = state.phase === "refreshing" || state.phase === "firstPull" || refresh.isPending;
  return (
    <>
      <p className={css["head"]}>
        <span className={css["sign"]}>{words.sign}</span>
        <strong>{words.what}</strong>
      </p>
      {trouble ? (
        <p className={css["trouble"]}>
          {trouble.cause}. {trouble.more}
        </p>
      ) : null}
      {failed ? (
        <p className={css["trouble"]} role="alert">
          {failed.cause}. {failed.more}
        </p>
      ) : null}
      {state.phase === "firstPull" && state.ordersInStore !== null ? (
        <div className={css["bar"]}>
          <ProgressBar label={t("pill.pulling")} value={state.orders} max={state.ordersInStore} />
        </div>
      ) : null}
      <dl className={css["facts"]}>
        {fact(
          t("pill.fact.refreshed"),
          state.refreshedAt ? (
            <>
              {fullDate(state.refreshedAt)} <span className={css["aside"]}>{ago(state.refreshedAt, now)}</span>
            </>
          ) : (
            t("pill.never")
          ),
        )}
        {fact(
          t("pill.fact.requests"),
          <>
            {state.quota ? (
              <>
                {t("pill.fact.ofQuota", { left: count(state.quota.left), quota: count(state.quota.quota) })}{" "}
                <span className={css["aside"]}>{t("pill.fact.window", { span: span(state.quota.windowSeconds) })}</span>
              </>
            ) : (
              t("pill.fact.noQuota")
            )}
            {state.inLine > 0 ? (
              <>
                {" "}
                <span className={css["line"]}>{t("pill.fact.inLine", { n: state.inLine })}</span>
              </>
            ) : null}
          </>,
        )}
        {fact(
          t("pill.fact.here"),
          state.ordersInStore !== null && state.ordersInStore > state.orders
            ? t("pill.fact.ordersOf", { n: count(state.orders), all: count(state.ordersInStore) })
            : [
                t("orders.count", { n: state.orders - unfinished }),
                unfinished > 0 ? t("pill.fact.unfinished", { n: unfinished }) : "",
                numbers ? t("products.count", { n: numbers.products }) : "",
                numbers ? t("customers.count", { n: numbers.customers }) : "",
              ]
                .filter(Boolean)
                .join(", "),
        )}
        {changes
          ? fact(
              t("nav.activity"),
              <TextButton
                onPress={() => {
                  onClose();
                  go.activity(store.key, { filter: state.changesToLookAt > 0 ? "toLookAt" : "onTheWay" });
                }}
              >
                {state.changesToLookAt > 0
                  ? t("nav.toLookAt", { n: state.changesToLookAt })
                  : t("pill.sending", { n: state.changesWaiting })}
              </TextButton>,
            )
          : null}
      </dl>
      {state.unreadable.length > 0 ? (
        <details className={css["unreadable"]}>
          <summary>{t("pill.unreadable", { n: state.unreadable.length })}</summary>
          <UnreadableThings things={state.unreadable} onOpen={store.isSample ? null : open} error={openPage.error} />
        </details>
      ) : null}
      <div className={css["foot"]}>
        <Button
          look="filled"
          icon={busy ? <BusySign /> : <RefreshCw aria-hidden />}
          // Not disabled: that would take the focus away, and Escape with it.
          isPending={busy}
          onPress={() => refresh.mutate({ store: store.key })}
          shortcut={<Keys keys={shownKeys("refresh")} />}
        >
          {t("pill.refresh")}
        </Button>
      </div>
    </>
  );
}
