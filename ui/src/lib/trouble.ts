import { type WordKey, t } from "../i18n";
import type { AppError, Field } from "../ipc/bindings";
import { fieldWords } from "./fieldWords";
import { levelWord } from "./levels";
import { scopeWord } from "./scopes";

/** The one thing to do about a trouble; what it does is up to the place that shows it. */
export type NextStep =
  | "tryAgain"
  | "unlock"
  | "giveToken"
  | "replaceToken"
  | "newAccount"
  | "untilQuit"
  | "connectAgain"
  | "settings"
  /** The sample store, from its beginning. */
  | "startOver"
  /** It goes on, or is over, by itself. */
  | "none";

/** How bad it is: `quiet` mends itself or harms nobody, `warn` needs the person, `bad` means something failed. */
export type Gravity = "quiet" | "warn" | "bad";

/** What a person reads about a trouble. */
export type TroubleWords = {
  /** The cause, in one line without a full stop. */
  cause: string;
  /** What follows from it, in a sentence. */
  more: string;
  /** The one thing to do. */
  step: NextStep;
  /** How bad it is. */
  gravity: Gravity;
};

/** A field of an answer by its names alone: `$.data[3].price` is `data[3].price`. */
export function fieldOfAnswer(path: string): string {
  return path.replace(/^\$\.?/, "");
}

/** Cause and next step of every error there is. There is no default: a new code is a type error here. */
export function troubleWords(error: AppError): TroubleWords {
  switch (error.code) {
    case "unauthorized":
      return words("trouble.unauthorized", "replaceToken", "bad");
    case "missingScope":
      return {
        cause: error.needs
          ? t("trouble.missingScope", {
              label: scopeWord(error.needs.scope),
              level: levelWord(error.needs.level),
            })
          : t("trouble.missingScope.unknown"),
        more: t("trouble.missingScope.more"),
        step: "newAccount",
        gravity: "warn",
      };
    case "otherScopes":
      return {
        cause: t("trouble.otherScopes"),
        more: t("trouble.otherScopes.more", { scopes: error.scopes.map(scopeWord).join(", ") }),
        step: "newAccount",
        gravity: "bad",
      };
    case "clipboardFailed":
      return {
        cause: t("trouble.clipboardFailed"),
        more: error.message
          ? t("trouble.clipboardFailed.more", { message: error.message.replace(/[.\s]+$/, "") })
          : t("trouble.clipboardFailed.unsaid"),
        step: "none",
        gravity: "bad",
      };
    case "noScopes":
      return words("trouble.noScopes", "newAccount", "bad");
    case "wrongStore":
      return words("trouble.wrongStore", "replaceToken", "bad");
    case "notFound":
      return words("trouble.notFound", "none", "quiet");
    case "invalid":
      return {
        cause: t("trouble.invalid"),
        more: invalidWords(error),
        step: "none",
        gravity: "bad",
      };
    case "rateLimited":
      return {
        cause: t("trouble.rateLimited"),
        more: t("trouble.rateLimited.more", { seconds: error.seconds }),
        step: "none",
        gravity: "quiet",
      };
    case "notSentInTime":
      return words("trouble.notSentInTime", "tryAgain", "quiet");
    case "storeUnavailable":
      return words(`trouble.storeUnavailable.${error.trouble}`, "tryAgain", "quiet");
    case "network":
      return {
        cause: t(`trouble.network.${error.trouble}`),
        more: t(`trouble.network.${error.trouble}.more`, { host: error.host }),
        step: "tryAgain",
        gravity: ["noAuthorities", "tls", "redirected"].includes(error.trouble) ? "warn" : "quiet",
      };
    case "unexpectedAnswer":
      // Nothing of it is as it should be: mostly a page of the network's in the store's place.
      if (error.path === "$") return words("trouble.unexpectedPage", "tryAgain", "warn");
      return {
        cause: t("trouble.unexpectedAnswer"),
        more: t("trouble.unexpectedAnswer.more", { path: fieldOfAnswer(error.path) }),
        step: "tryAgain",
        gravity: "warn",
      };
    case "keychainAbsent":
      return words("trouble.keychainAbsent", "untilQuit", "warn");
    case "keychainLocked":
      return words("trouble.keychainLocked", "unlock", "warn");
    case "keychainRefused":
      return words("trouble.keychainRefused", "unlock", "warn");
    case "keychainNoEntry":
      return words("trouble.keychainNoEntry", "giveToken", "warn");
    case "keychainAmbiguous":
      return words("trouble.keychainAmbiguous", "giveToken", "warn");
    case "keychainFailed":
      return {
        cause: t("trouble.keychainFailed"),
        more: keychainWords(error),
        step: "unlock",
        gravity: "warn",
      };
    case "noHash":
      return words("trouble.noHash", "none", "bad");
    case "tokenMistake":
      return words(`trouble.tokenMistake.${error.mistake}`, "none", "bad");
    case "otherStore":
      return {
        cause: t("trouble.otherStore", { name: error.name }),
        more: t("trouble.otherStore.more"),
        step: "giveToken",
        gravity: "bad",
      };
    case "storefront":
      if (error.trouble === "said") {
        return {
          cause: t("trouble.storefront.said"),
          more: error.message
            ? t("trouble.storefront.said.more", { message: error.message })
            : t("trouble.storefront.said.nothing"),
          step: "none",
          gravity: "bad",
        };
      }
      return words(`trouble.storefront.${error.trouble}`, "settings", "warn");
    case "notAQuery":
      return words(error.changes ? "trouble.notAQuery.changes" : "trouble.notAQuery.none", "none", "warn");
    case "readOnly":
      return words("trouble.readOnly", "settings", "quiet");
    case "otherOrigin":
      return words("trouble.otherOrigin", "none", "quiet");
    case "planGone":
      return words("trouble.planGone", "none", "warn");
    case "needsConfirmation":
      return words("trouble.needsConfirmation", "none", "warn");
    case "viewGone":
      return words("trouble.viewGone", "tryAgain", "quiet");
    case "storeGone":
      return words("trouble.storeGone", "connectAgain", "warn");
    case "attemptGone":
      return words("trouble.attemptGone", "giveToken", "warn");
    case "entryMoved":
      return words("trouble.entryMoved", "none", "quiet");
    case "badInput":
      return {
        cause: t("trouble.badInput"),
        more: t("trouble.badInput.more", { field: fieldName(error.field) }),
        step: "none",
        gravity: "bad",
      };
    case "homeHeld":
      return {
        cause: t("trouble.homeHeld"),
        more: error.process ? t("trouble.homeHeld.named", { process: error.process }) : t("trouble.homeHeld.more"),
        step: "tryAgain",
        gravity: "bad",
      };
    case "homeUnusable":
      return {
        cause: t("trouble.homeUnusable"),
        more: t(`trouble.homeUnusable.${error.trouble}`, {
          message: error.message.replace(/[.\s]+$/, ""),
          where: t("trouble.homeUnusable.where"),
        }),
        step: "tryAgain",
        gravity: "bad",
      };
    case "fileNotWritten":
      return {
        cause: t("trouble.fileNotWritten"),
        more: t("trouble.fileNotWritten.more", { message: error.message.replace(/[.\s]+$/, "") }),
        step: "tryAgain",
        gravity: "bad",
      };
    case "diskFull":
      return words("trouble.diskFull", "tryAgain", "bad");
    case "newerFiles":
      return words("trouble.newerFiles", "none", "bad");
    case "sampleOutdated":
      return words("trouble.sampleOutdated", "startOver", "warn");
    case "sampleNewer":
      return words("trouble.sampleNewer", "startOver", "warn");
    case "damagedFile":
      return words(
        error.file === "mirror"
          ? "trouble.damagedFile.mirror"
          : error.file === "desk"
            ? "trouble.damagedFile.desk"
            : "trouble.damagedFile.journal",
        // The journal is looked at again by itself.
        error.file === "journal" ? "none" : "tryAgain",
        "bad",
      );
    case "cancelled":
      return words("trouble.cancelled", "none", "quiet");
    case "internal":
      return {
        cause: t("trouble.internal"),
        more: error.message ? t("trouble.internal.more", { message: error.message }) : t("trouble.internal.unsaid"),
        step: "tryAgain",
        gravity: "bad",
      };
  }
}

type Paired = {
  [K in Parameters<typeof t>[0]]: `${K}.more` extends Parameters<typeof t>[0] ? K : never;
}[Parameters<typeof t>[0]];

function words(key: Paired, step: NextStep, gravity: Gravity): TroubleWords {
  return { cause: t(key), more: t(`${key}.more` as Parameters<typeof t>[0]), step, gravity };
}

/** Words for the fields that a trouble names: ours as they are, the store's without their underscores. */
const fieldNames: Readonly<Partial<Record<string, WordKey>>> = {
  ...({
    status: "preview.field.status",
    staffNotes: "preview.field.staffNotes",
    name: "preview.field.name",
    sku: "preview.field.sku",
    productKind: "preview.field.productKind",
    price: "preview.field.price",
    costPrice: "preview.field.costPrice",
    salePrice: "preview.field.salePrice",
    weight: "preview.field.weight",
    visible: "preview.field.visible",
    description: "preview.field.description",
    inventoryTracking: "preview.field.inventoryTracking",
    inventoryLevel: "preview.field.inventoryLevel",
  } satisfies Record<Field, WordKey>),
  isVisible: "preview.field.visible",
  type: "preview.field.productKind",
  statusId: "preview.field.status",
  hash: "settings.hash",
  channel: "storefront.channels",
  channels: "storefront.channels",
  scopes: "storefront.scopes",
  document: "ask.question",
  variables: "ask.variables",
};

/** What a person calls a field; where we have no word for it, the name that came, as words. */
function fieldName(name: string): string {
  const key = fieldNames[name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())];
  return key === undefined ? fieldWords(name) : t(key);
}

function invalidWords(error: Extract<AppError, { code: "invalid" }>): string {
  const fields = error.fields.map(({ path, message }) =>
    path ? t("activity.found", { field: fieldName(path), value: message }) : message,
  );
  const all = [error.message, ...fields].filter(Boolean);
  return all.length > 0 ? all.join(" ") : t("trouble.invalid.noWords");
}

/** What went wrong with the keychain itself: in our words, or in the system's where only that knows. */
export function keychainWords({ trouble, message }: Extract<AppError, { code: "keychainFailed" }>): string {
  return t(`trouble.keychainFailed.${trouble}`, { message: message.replace(/[.\s]+$/, "") });
}

/** The label of a next step, or `null` where there is nothing to do. */
export function stepWords(step: NextStep): string | null {
  return step === "none" ? null : t(`step.${step}`);
}
