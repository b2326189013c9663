import { t } from "../i18n";
import type { ActivityRow, EntryState } from "../ipc/bindings";
import { shortDate } from "./dates";

/** Mark of every state a change can be in. */
export const entryMarks = {
  waiting: { shape: "ring", kind: "idle" },
  sending: { shape: "half", kind: "info" },
  done: { shape: "tick", kind: "ok" },
  doneFound: { shape: "tick", kind: "ok" },
  refused: { shape: "cross", kind: "bad" },
  conflict: { shape: "triangle", kind: "bad" },
  unknown: { shape: "ring", kind: "warn" },
  notApplied: { shape: "cross", kind: "bad" },
  dropped: { shape: "barred", kind: "idle" },
  undone: { shape: "barred", kind: "idle" },
} as const satisfies Record<EntryState, { shape: string; kind: string }>;

/** A change's state in words. */
export function entryState(row: Pick<ActivityRow, "state" | "stateAt">): string {
  return row.state === "undone"
    ? t("activity.state.undone", { when: shortDate(row.stateAt, { inSentence: true }) })
    : t(`activity.state.${row.state}`);
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text).replaceAll(/\s+/g, " ");

const quoted = (text: string) =>
  text === "" ? t("common.empty") : t("activity.quoted", { text: shorten(text) });

/** What a change is about, and what it made of it. */
export function entryWords(row: Pick<ActivityRow, "order" | "fields">): { what: string; change: string } {
  const [first] = row.fields;
  if (!first || row.fields.length > 1) return { what: t("activity.what.both", { order: row.order }), change: "" };
  if (first.field === "status") {
    return { what: t("activity.what.status", { order: row.order }), change: t("activity.to", { value: first.after }) };
  }
  return {
    what: t("activity.what.staffNotes", { order: row.order }),
    change: t("activity.fromTo", { before: quoted(first.before), after: quoted(first.after) }),
  };
}
