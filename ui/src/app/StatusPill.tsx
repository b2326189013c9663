import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { Button as Pressable } from "react-aria-components";
import { Mark, type MarkProps } from "../components/Mark";
import { t } from "../i18n";
import { type Store, type StoreState, useStoreState, useWrite } from "../ipc";
import { ago, shortDate, span } from "../lib/dates";
import { count } from "../lib/counts";
import { useNow } from "../lib/now";
import css from "./StatusPill.module.css";
import { useCountdown } from "./useCountdown";

/** Props of {@link StatusPill}. */
export type StatusPillProps = {
  /** The store that is open. */
  store: Store;
};

type Said = { sign: ReactNode; what: string; aside?: string; more?: string };

const mark = (props: MarkProps) => <Mark {...props} />;
const lock = <Lock aria-hidden />;

function asOf(state: StoreState): string {
  return state.refreshedAt ? t("pill.asOf", { time: shortDate(state.refreshedAt, { inSentence: true }) }) : t("pill.never");
}

function said(state: StoreState, now: Date, waitSeconds: number): Said {
  const requests = state.quota
    ? t("pill.requests", { left: count(state.quota.left), quota: count(state.quota.quota) })
    : undefined;
  switch (state.token) {
    case "locked":
      return { sign: lock, what: t("pill.keychainLocked"), more: asOf(state) };
    case "unlocking":
      return { sign: mark({ shape: "turning", kind: "idle" }), what: t("pill.unlocking"), more: asOf(state) };
    case "missing":
      return { sign: lock, what: t("pill.noToken"), more: asOf(state) };
    case "noKeychain":
      return { sign: lock, what: t("pill.noKeychain"), more: asOf(state) };
    case "ready":
    case "notAsked":
      break;
  }
  if (state.waiting && waitSeconds > 0) {
    return {
      sign: mark({ shape: "ring", kind: "warn" }),
      what: t(`pill.${state.waiting.because}`, { seconds: waitSeconds }),
    };
  }
  if (state.trouble) {
    const offline = state.trouble.code === "network";
    return {
      sign: mark({ shape: "ring", kind: offline ? "idle" : "bad" }),
      what: offline ? t("pill.offline") : t("pill.trouble"),
      more: asOf(state),
    };
  }
  switch (state.phase) {
    case "firstPull":
      return {
        sign: mark({ shape: "turning", kind: "info" }),
        what:
          state.ordersInStore === null
            ? t("pill.pulling")
            : t("pill.pullingOf", { n: count(state.orders), all: count(state.ordersInStore) }),
        more: state.secondsLeft === null ? undefined : t("pill.left", { span: span(state.secondsLeft) }),
      };
    case "refreshing":
      return { sign: mark({ shape: "turning", kind: "info" }), what: t("pill.refreshing"), more: requests };
    case "stopped":
      return { sign: mark({ shape: "ring", kind: "idle" }), what: t("pill.offline"), more: asOf(state) };
    case "idle":
      return state.refreshedAt
        ? {
            sign: mark({ shape: "full", kind: "ok" }),
            what: t("pill.upToDate"),
            aside: ago(state.refreshedAt, now),
            more: requests,
          }
        : { sign: mark({ shape: "ring", kind: "idle" }), what: t("pill.never"), more: requests };
  }
}

/** How the store is doing; a click asks it for what changed. */
export function StatusPill({ store }: StatusPillProps) {
  const state = useStoreState(store.key);
  const refresh = useWrite("refresh");
  const now = useNow(1000);
  const waitSeconds = useCountdown(state?.waiting?.seconds ?? 0, state?.waiting ?? null);
  if (!state) return null;
  const { sign, what, aside, more } = said(state, now, waitSeconds);
  const all = [what, aside, more].filter(Boolean).join(", ");
  return (
    <Pressable
      className={css["pill"]!}
      aria-label={`${all}. ${t("pill.refresh")}`}
      onPress={() => refresh.mutate({ store: store.key })}
    >
      <span className={css["sign"]}>{sign}</span>
      {/* Spaces part the words for whoever hears them in one go. */}
      <span className={css["what"]}>{what}</span> {aside ? <span className={css["aside"]}>{aside}</span> : null}{" "}
      {more ? (
        <>
          <span className={css["line"]} />
          <span className={css["more"]}>{more}</span>
        </>
      ) : null}
    </Pressable>
  );
}
