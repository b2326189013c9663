import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { Mark, type MarkProps } from "../components/Mark";
import { t } from "../i18n";
import type { StoreState } from "../ipc";
import { count } from "../lib/counts";
import { ago, shortDate, span } from "../lib/dates";

/** How a store is doing, in a few words. */
export type StatusWords = {
  /** The sign before them. */
  sign: ReactNode;
  /** What it does or lacks. */
  what: string;
  /** Quietly behind it. */
  aside?: string;
  /** What follows from it. */
  more?: string | undefined;
};

const mark = (props: MarkProps) => <Mark {...props} />;
const lock = <Lock aria-hidden />;

function asOf(state: StoreState): string {
  return state.refreshedAt ? t("pill.asOf", { time: shortDate(state.refreshedAt, { inSentence: true }) }) : t("pill.never");
}

/** What keeps requests from being signed, if anything does. */
function tokenWords(state: StoreState): StatusWords | null {
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
      return null;
  }
}

/** How a store is doing; `waitSeconds` are left of a pause in sending. */
export function statusWords(state: StoreState, now: Date, waitSeconds: number): StatusWords {
  const token = tokenWords(state);
  if (token) return token;
  const requests = state.quota
    ? t("pill.requests", { left: count(state.quota.left), quota: count(state.quota.quota) })
    : undefined;
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

/** How fresh what is here of a store is, in the same words: of stores side by side nobody asks for quotas and seconds. */
export function freshness(state: StoreState, now: Date): string {
  const { what, aside, more } = statusWords({ ...state, quota: null, secondsLeft: null, waiting: null }, now, 0);
  return [[what, aside].filter(Boolean).join(" "), more].filter(Boolean).join(", ");
}
