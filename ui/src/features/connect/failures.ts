import { t } from "../../i18n";
import type { AppError } from "../../ipc";
import { scopeWord } from "../../lib/scopes";
import { fieldOfAnswer, keychainWords, troubleWords } from "../../lib/trouble";

/** What to do about a failed check. */
export type Remedy =
  /** Ask the same again. */
  | "again"
  /** Asks again by itself after this many seconds. */
  | "wait"
  /** The token, once more. */
  | "token"
  /** Hash and token, side by side. */
  | "compare"
  /** A new API account. */
  | "account"
  /** Tell us. */
  | "report";

/** What a person reads about a failed check. */
export type Failure = {
  /** The cause, in one line without a full stop. */
  cause: string;
  /** What it means, and the one next step. */
  more: string;
  /** The next step. */
  remedy: Remedy;
  /** What the store itself said. */
  details: string | null;
};

/** What the words mention. */
export type About = {
  /** The store hash that was tried. */
  hash: string;
  /** The text that the token came in names the same hash. */
  sameHash?: boolean;
};

/** Cause and next step of a check that failed. Errors that no check gives keep their usual words. */
export function failureWords(error: AppError, { hash, sameHash }: About): Failure {
  switch (error.code) {
    case "network": {
      const host = { host: error.host };
      return {
        cause: t(`fail.network.${error.trouble}`, host),
        more: t(`fail.network.${error.trouble}.more`, host),
        remedy: "again",
        details: null,
      };
    }
    case "unauthorized":
      return { cause: t("fail.unauthorized"), more: t("fail.unauthorized.more", { hash }), remedy: "token", details: null };
    case "wrongStore":
      return {
        cause: t("fail.wrongStore"),
        more: t(sameHash ? "fail.wrongStore.same" : "fail.wrongStore.more", { hash }),
        remedy: sameHash ? "account" : "compare",
        details: error.message ? t("fail.said", { message: error.message }) : null,
      };
    case "rateLimited":
      return {
        cause: t("fail.rateLimited"),
        more: t("fail.rateLimited.more", { seconds: error.seconds }),
        remedy: "wait",
        details: null,
      };
    case "storeUnavailable":
      return {
        cause: t(`fail.storeUnavailable.${error.trouble}`),
        more: t(`fail.storeUnavailable.${error.trouble}.more`),
        remedy: "again",
        details: t("fail.status", { status: error.status }),
      };
    case "unexpectedAnswer":
      return {
        cause: t("fail.unexpectedAnswer"),
        // `$` is the whole of it: no JSON at all, most often a page.
        more:
          error.path === "$"
            ? t("fail.unexpectedAnswer.whole")
            : t("fail.unexpectedAnswer.more", { path: fieldOfAnswer(error.path) }),
        remedy: "report",
        details: null,
      };
    case "noScopes":
      return { cause: t("remedy.noScopes"), more: t("fail.missingScope.more"), remedy: "account", details: null };
    case "otherScopes":
      return { cause: t("remedy.otherScopes"), more: t("fail.missingScope.more"), remedy: "account", details: null };
    case "missingScope":
      return {
        cause: error.needs ? t("fail.missingScope", { label: scopeWord(error.needs.scope) }) : t("fail.missingScope.unknown"),
        more: t("fail.missingScope.more"),
        remedy: "account",
        details: null,
      };
    default: {
      const { cause, more } = troubleWords(error);
      return { cause, more, remedy: error.code === "internal" ? "report" : "again", details: null };
    }
  }
}

/** A keychain error, as it can meet a save. */
export type KeychainError = Extract<AppError, { code: `keychain${string}` }>;

/** Whether the keychain is what failed. */
export function isKeychainError(error: AppError): error is KeychainError {
  return error.code.startsWith("keychain");
}

/** What a person reads when the keychain kept a store from being saved. */
export function saveWords(error: KeychainError, { hash }: About): { cause: string; more: string } {
  return {
    cause: t(`save.${error.code}`),
    more: t(`save.${error.code}.more`, {
      hash,
      details: error.code === "keychainFailed" ? keychainWords(error) : "",
    }),
  };
}
