import { t } from "../../i18n";
import type { AppError, Examination, MissingScope, Refusal, Store, StoreState } from "../../ipc";
import { difference } from "../../lib/dates";
import { scopeWord } from "../../lib/scopes";
import { troubleWords } from "../../lib/trouble";

/** One line of what was found. */
export type Fact = { name: string; fact: string | readonly string[] };

/** Clocks that differ by less, in seconds, are called the same. */
const sameClock = 60;

/**
 * What was found, line by line. Holds nothing of a customer and no secret: what the store said in its own words,
 * and whatever may have a person's name in it, is left out.
 */
export function facts(store: Store, state: StoreState | null, found: Examination, version: string): Fact[] {
  return [
    { name: t("doctor.token"), fact: tokenFact(store, state) },
    { name: t("doctor.keychain"), fact: keychainFact(found) },
    { name: t("doctor.host"), fact: hostFact(found) },
    { name: t("doctor.scopes"), fact: scopesFact(found) },
    { name: t("doctor.quota"), fact: quotaFact(state) },
    { name: t("doctor.clock"), fact: clockFact(found.clockAheadSeconds) },
    ...(found.problem ? [{ name: t("doctor.trouble"), fact: troubleFact(found.problem, found.answeredInMs !== null) }] : []),
    {
      name: t("doctor.refusals"),
      fact: found.refusals.length === 0 ? t("doctor.refusals.none") : found.refusals.map(refusalFact),
    },
    { name: t("doctor.versions"), fact: t("doctor.versions.line", { version, system: found.system }) },
  ];
}

/** The same as text. */
export function report(store: Store, found: Examination, lines: readonly Fact[]): string {
  const line = (name: string, fact: Fact["fact"]) =>
    t("doctor.report.line", { name, fact: typeof fact === "string" ? fact : fact.join(" | ") });
  return [
    t("doctor.report"),
    line(t("doctor.report.at"), found.at),
    line(t("doctor.report.hash"), store.hash),
    ...lines.map(({ name, fact }) => line(name, fact)),
  ].join("\n");
}

function tokenFact(store: Store, state: StoreState | null): string {
  const home =
    store.tokenHome === "keychain"
      ? t("token.thisKeychain")
      : t(store.tokenHome === "untilQuit" ? "settings.token.home.untilQuit" : "settings.token.home.sample");
  return t("doctor.token.line", {
    home,
    last4: store.tokenLast4 || "none",
    state: t(`settings.token.state.${state?.token ?? "notAsked"}`),
  });
}

function keychainFact({ keychain }: Examination): string {
  if (!keychain.available) return t("doctor.keychain.absent");
  const state = keychain.isNew ? "new" : keychain.locked ? "locked" : "ready";
  return t(`doctor.keychain.${state}`, { name: keychain.name });
}

/** What is wrong. Where the store answered all the same, the token is in the hand and its entry is what is wrong. */
function troubleFact(problem: AppError, answered: boolean): string {
  if (answered && problem.code === "keychainNoEntry") return t("doctor.trouble.entryGone");
  if (answered && problem.code === "keychainAmbiguous") return t("doctor.trouble.entries");
  return troubleWords(problem).cause;
}

function hostFact({ host, answeredInMs }: Examination): string {
  if (host === "") return t("doctor.host.sample");
  return answeredInMs === null
    ? t("doctor.host.none", { host })
    : t("doctor.host.line", { host, ms: Math.round(answeredInMs) });
}

function scopesFact({ missing, askedNow }: Examination): string {
  const line =
    missing.length === 0 ? t("doctor.scopes.all") : t("doctor.scopes.line", { scopes: missing.map(named).join(", ") });
  return askedNow ? line : t("doctor.scopes.before", { line });
}

function named({ scope, readable }: MissingScope): string {
  return t("doctor.scope", { label: scopeWord(scope), part: readable ? "modify" : "read" });
}

function quotaFact(state: StoreState | null): string {
  const quota = state?.quota;
  return quota
    ? t("doctor.quota.line", { left: quota.left, quota: quota.quota, window: quota.windowSeconds })
    : t("doctor.quota.unknown");
}

function clockFact(ahead: number | null): string {
  if (ahead === null) return t("doctor.clock.unknown");
  if (Math.abs(ahead) <= sameClock) return t("doctor.clock.same");
  return t(ahead > 0 ? "doctor.clock.ahead" : "doctor.clock.behind", { span: difference(Math.abs(ahead)) });
}

function refusalFact({ at, what, state }: Refusal): string {
  const kind = what === "order" ? "order" : what.endsWith("product") ? "product" : "other";
  return t("doctor.refusal", {
    at,
    what: t(`doctor.refusal.${kind}`),
    state: t(state === "conflict" ? "doctor.refusal.conflict" : "doctor.refusal.refused"),
  });
}
