import {
  type AddressAnswer,
  type AppError,
  type AppState,
  type Attempt,
  type CheckReport,
  type Examination,
  type HandMistake,
  type HandedOver,
  type ScopeLine,
  type ScopeName,
  scopeTable,
} from "../ipc/bindings";
import type { Answers } from "./fakeBackend";
import { shop, store } from "./shop";

/** The hash of the tests. */
export const hash = "k7v2mq9x1d";
/** A token of the usual shape. Made up. */
export const madeUpToken = "0123456789abcdefghijklmnopqf3a9";
/** A control-panel address. */
export const panelAddress = `https://store-${hash}.mybigcommerce.com/manage`;

/** An attempt that holds the made-up token. */
export const attempt: Attempt = {
  attempt: "a1",
  hash,
  last4: "f3a9",
  unusualLength: null,
  connectedAs: null,
  preset: "ordersDesk",
  storefront: false,
};

/** Credentials from which an attempt could be made. */
export const handed: HandedOver = {
  kind: "token",
  fileName: null,
  hash: null,
  last4: attempt.last4,
  clientName: null,
  unusualLength: null,
  mistakes: [],
  attempt,
};

/** Credentials with something wrong about them. */
export function mistaken(...mistakes: HandMistake[]): HandedOver {
  const last4 = mistakes.some(({ code }) => code === "token" || code === "file") ? "" : attempt.last4;
  return { ...handed, last4, mistakes, attempt: null };
}

const asked = scopeTable.presets.find(({ preset }) => preset === attempt.preset)?.scopes ?? [];
const scopes: ScopeLine[] = asked.map((scope) => ({
  ...scope,
  wanted: true,
  wantsModify: scope.level !== "readOnly",
  read: "granted",
  write: scope.level !== "readOnly" ? "notChecked" : "notNeeded",
}));

/** A check that found everything in order. */
export const fine: CheckReport = {
  attempt: attempt.attempt,
  host: "api.bigcommerce.com",
  answeredInMs: 182,
  lines: [
    { step: "reached", state: "ok", problem: null },
    { step: "token", state: "ok", problem: null },
    { step: "store", state: "ok", problem: null },
    { step: "scopes", state: "ok", problem: null },
  ],
  store: {
    name: "Northfold Supply",
    domain: "northfold.example",
    address: "1204 Harbor Ave, Bellingham, WA",
    currency: "USD",
    timeZone: "Pacific time",
    plan: "Pro",
  },
  scopes,
  losses: [],
  quota: { left: 444, quota: 450, windowSeconds: 30 },
  clockAheadSeconds: null,
  waiting: null,
  canSave: true,
  finished: true,
};

/** A store that answers to its token. */
export const examined: Examination = {
  keychain: { available: true, locked: false, isNew: false, name: "GNOME Keyring" },
  host: fine.host,
  answeredInMs: 182,
  clockAheadSeconds: 0,
  missing: [],
  askedNow: true,
  problem: null,
  refusals: [],
  at: "2026-11-17T20:00:00Z",
  system: "linux x86_64",
};

/** A check that could not get past its first request. */
export function unreached(problem: AppError): CheckReport {
  return {
    ...fine,
    answeredInMs: null,
    lines: [
      { step: "reached", state: "bad", problem },
      { step: "token", state: "skipped", problem: null },
      { step: "store", state: "skipped", problem: null },
      { step: "scopes", state: "skipped", problem: null },
    ],
    store: null,
    scopes: scopes.map((line) => ({ ...line, read: "notChecked" })),
    quota: null,
    canSave: false,
  };
}

/** A check whose token is refused. */
export const refused: CheckReport = {
  ...unreached({ code: "unauthorized" }),
  lines: [
    { step: "reached", state: "ok", problem: null },
    { step: "token", state: "bad", problem: { code: "unauthorized" } },
    { step: "store", state: "skipped", problem: null },
    { step: "scopes", state: "skipped", problem: null },
  ],
};

/** A check of a token that does not belong to the hash. */
export const elsewhere: CheckReport = {
  ...refused,
  lines: [
    { step: "reached", state: "ok", problem: null },
    { step: "token", state: "ok", problem: null },
    { step: "store", state: "bad", problem: { code: "wrongStore", message: "" } },
    { step: "scopes", state: "skipped", problem: null },
  ],
};

/** A check that found these scopes missing. */
export function lacking(...missing: ScopeName[]): CheckReport {
  const all = missing.length === scopes.length;
  const problem: AppError = all ? { code: "noScopes" } : { code: "missingScope", needs: null };
  return {
    ...fine,
    lines: fine.lines.map((line) => (line.step === "scopes" ? { ...line, state: "bad", problem } : line)),
    scopes: scopes.map((line) =>
      missing.includes(line.scope)
        ? { ...line, read: "missing", write: line.wantsModify ? "missing" : line.write }
        : line,
    ),
    canSave: !all,
  };
}

function read(text: string): AddressAnswer {
  const nothing: AddressAnswer = { kind: "unclear", hash: null, host: null, start: 0, end: 0 };
  const start = text.indexOf(hash);
  if (text === "") return { ...nothing, kind: "empty" };
  if (start >= 0) {
    return { ...nothing, kind: text === hash ? "bare" : "controlPanel", hash, start, end: start + hash.length };
  }
  if (/^[a-z0-9]{28,64}$/.test(text)) return { ...nothing, kind: "secret" };
  return text.includes(".") ? { ...nothing, kind: "noHash", host: text } : nothing;
}

/** A first start: nothing is connected, and everything works. */
export function firstStart(app: Partial<AppState> = {}): Answers {
  const answers = shop();
  const state: AppState = {
    version: "0.1.0",
    stores: [],
    current: null,
    environment: null,
    preferences: { theme: "light", density: "compact" },
    openSample: false,
    ...app,
  };
  const opened = (key: string) => {
    state.stores = [{ ...store, key }];
    state.current = key;
    return state.stores[0];
  };
  return {
    ...answers,
    app_state: () => structuredClone(state),
    keychain: () => ({ available: true, locked: false, isNew: false, name: "GNOME Keyring" }),
    keychain_collection: () => ({ name: "Login" }),
    read_address: ({ text }: { text: string }) => read(text.trim()),
    presets: () => scopeTable,
    connect_begin: () => handed,
    examine: () => examined,
    connect_forget: () => null,
    connect_tidy: () => ({ clipboard: "nothing", file: "nothing" }),
    connect_environment: () => attempt,
    connect_cancel: () => null,
    connect_check: () => fine,
    connect_save: () => opened(store.key),
    open_sample: () => opened("sample"),
    reset_sample: () => opened("sample"),
    open_page: () => null,
  };
}
