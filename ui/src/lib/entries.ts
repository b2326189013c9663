import { t } from "../i18n";
import type { ActivityRow, EntryState, FieldChange, FieldFound, FieldRefused, Job, Said, Store, Subject } from "../ipc/bindings";
import { shortDate } from "./dates";
import { fieldWords } from "./fieldWords";
import { levelWord } from "./levels";
import { scopeWord } from "./scopes";
import { valueText } from "./values";

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
  unclear: { shape: "triangle", kind: "warn" },
  dropped: { shape: "barred", kind: "idle" },
  undone: { shape: "barred", kind: "idle" },
  alreadySo: { shape: "tick", kind: "idle" },
  leftAsItWas: { shape: "barred", kind: "idle" },
} as const satisfies Record<EntryState, { shape: string; kind: string }>;

/** Who confirmed a change, and together with how many other changes. */
export function entryBy({ who }: Pick<ActivityRow, "who">, { size }: Pick<Job, "size">): string {
  const n = Math.max(size - 1, 0);
  return who === "you" ? t("activity.by.you", { n }) : t("activity.by.another", { n, who });
}

/** A change's state in words. */
export function entryState(row: Pick<ActivityRow, "state" | "stateAt">): string {
  return row.state === "undone"
    ? t("activity.state.undone", { when: shortDate(row.stateAt, { inSentence: true }) })
    : t(`activity.state.${row.state}`);
}

/** What a change that was given up came to: whether it may be in the store nobody should have to guess. */
function droppedWhy({ wasSent, said }: Pick<ActivityRow, "wasSent" | "said">) {
  switch (said.reason?.kind) {
    case "triedAgain":
      return "activity.why.droppedAgain";
    case "mayBeDone":
      return "activity.why.droppedOpen";
    case "onlyPart":
      return "activity.why.droppedPartly";
    default:
      return wasSent ? "activity.why.droppedSent" : "activity.why.dropped";
  }
}

/** The sentence of a change that came there for a reason of its own, which it then tells. */
function ownWhy({ state, said }: Pick<ActivityRow, "state" | "said">) {
  switch (said.reason?.kind) {
    case "onlyPart":
      return state === "refused" ? "activity.why.partly" : state === "leftAsItWas" ? "activity.why.leftPartly" : null;
    case "workedOn":
      return state === "conflict" ? "activity.why.workedOn" : null;
    default:
      return null;
  }
}

/** How far a change has come, as a sentence. */
export function entryWhy(row: Pick<ActivityRow, "state" | "wasSent" | "said">): string {
  if (row.state === "dropped") return t(droppedWhy(row));
  return t(ownWhy(row) ?? `activity.why.${row.state}`);
}

/** Whether that sentence says already why it stands there, as far as it isn't in the store's own words. */
export function whyIsSaid(row: Pick<ActivityRow, "state" | "said">): boolean {
  // What kept it from being done as a whole says nothing of the store any more once its part was put back.
  if (row.state === "dropped" || row.state === "undone") return true;
  return row.said.reason?.kind === "onlyPart" && ownWhy(row) !== null;
}

/** Why a change stands where it stands, in a sentence; nothing where the store's own words say it. */
export function reasonWords({ reason, words }: Said): string {
  if (reason === null) return "";
  switch (reason.kind) {
    case "notSaid":
      return t("activity.reason.notSaid", {
        fields: reason.fields.map((field) => t(`preview.field.${field}`)).join(", ") || t("activity.reason.fields"),
      });
    case "unreadable":
      return t("activity.reason.unreadable", { path: reason.path });
    case "missingScope":
      return reason.needs === null
        ? t("activity.reason.someScope")
        : t("activity.reason.missingScope", {
            label: scopeWord(reason.needs.scope),
            level: levelWord(reason.needs.level),
          });
    case "invalid":
      // What exactly it does not take, the store says better.
      return words === "" ? t("activity.reason.invalid") : "";
    default:
      return t(`activity.reason.${reason.kind}`);
  }
}

/** Whether something was refused for want of a scope that the store's token still lacks: only another token helps. */
export function needsOtherToken(
  { reason }: Said,
  store: Pick<Store, "isSample" | "mayConnect" | "missingScopes"> | null,
): boolean {
  if (reason?.kind !== "missingScope" || store === null || store.isSample || !store.mayConnect) return false;
  const { needs } = reason;
  // The store doesn't always say which one it misses, and then nobody knows whether the token has it by now.
  return needs === null || store.missingScopes.some(({ scope }) => scope === needs.scope);
}

/** What the store holds against single fields of a change; its words as a whole say the same, in its own names. */
export function refusedFields({ reason }: Said): readonly FieldRefused[] {
  return reason?.kind === "invalid" || reason?.kind === "onlyPart" ? reason.fields : [];
}

/** What a person calls the field; where we have none like it, the store's own name for it, as words. */
export const refusedName = ({ field, name }: FieldRefused) => (field === null ? fieldWords(name) : t(`preview.field.${field}`));

/** The same with the store's own words, where it has any that were not said field by field. */
export function saidWords(said: Said): string {
  const refused = refusedFields(said).map((one) => t("activity.found", { field: refusedName(one), value: one.words }));
  return [reasonWords(said), refused.length > 0 ? refused.join(" · ") : said.words].filter(Boolean).join(" ");
}

/** What stood in the store, in one line. */
export function foundWords(found: readonly FieldFound[]): string {
  return found
    .map(({ field, value }) =>
      t("activity.found", {
        field: t(`preview.field.${field}`),
        value: value.kind === "text" ? quoted(value.text) : valueText(field, value),
      }),
    )
    .join(" · ");
}

/** A text in one line, cut where it is long. */
export const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text).replaceAll(/\s+/g, " ");

const quoted = (text: string) => (text === "" ? t("common.empty") : t("activity.quoted", { text: shortened(text) }));

/** What was before and after, in one line; a description is only said to have changed. */
function fromTo({ field, before, after }: FieldChange): string {
  if (field === "status") return t("activity.to", { value: valueText(field, after) });
  if (field === "description") return t("activity.rewritten");
  const isText = (after ?? before)?.kind === "text";
  const words = (value: FieldChange["after"]) => (isText ? quoted(valueText(field, value)) : valueText(field, value));
  return t("activity.fromTo", { before: words(before), after: words(after) });
}

/** What a person calls the thing: "Order 48219", or the product's name. */
export function subjectName(subject: Subject, name: string): string {
  switch (subject.kind) {
    case "order":
      return t("activity.what.both", { order: subject.order });
    case "product":
      return name.trim() || t("activity.what.product", { product: subject.product });
    case "newProduct":
      return name || t("activity.what.newProduct");
  }
}

/** What a change is about, and what it made of it. */
export function entryWords(row: Pick<ActivityRow, "subject" | "name" | "doing" | "fields">): {
  what: string;
  change: string;
} {
  const thing = subjectName(row.subject, row.name);
  if (row.doing === "create") return { what: thing, change: t("activity.made") };
  if (row.doing === "delete") return { what: thing, change: t("activity.deleted") };
  const [first] = row.fields;
  if (!first) return { what: thing, change: "" };
  if (row.fields.length > 1) {
    return { what: thing, change: row.fields.map(({ field }) => t(`preview.field.${field}`)).join(", ") };
  }
  const change = fromTo(first);
  if (row.subject.kind === "order") {
    const { order } = row.subject;
    return first.field === "status"
      ? { what: t("activity.what.status", { order }), change }
      : { what: t("activity.what.staffNotes", { order }), change };
  }
  return { what: t("activity.what.field", { field: t(`preview.field.${first.field}`), thing }), change };
}
