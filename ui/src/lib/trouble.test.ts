import { describe, expect, it } from "vitest";
import { errorCodes } from "../ipc";
import type { AppError, HomeTrouble, KeychainTrouble, NetworkTrouble, StoreTrouble, StorefrontTrouble, TokenMistake } from "../ipc/bindings";
import { en } from "../i18n/en";
import { stepWords, troubleWords } from "./trouble";

const network: Record<NetworkTrouble, true> = {
  dns: true,
  refused: true,
  noAuthorities: true,
  tls: true,
  proxy: true,
  timedOut: true,
  reset: true,
  redirected: true,
  other: true,
};
const unavailable: Record<StoreTrouble, true> = { unavailable: true, locked: true, serverTrouble: true };
const storefronts: Record<StorefrontTrouble, true> = {
  noToken: true,
  gone: true,
  expired: true,
  refused: true,
  notAllowed: true,
  noSite: true,
  said: true,
};
const mistakes: Record<TokenMistake, true> = {
  empty: true,
  clientSecret: true,
  storefrontToken: true,
  cutOff: true,
  masked: true,
  apiPath: true,
  whitespace: true,
  characters: true,
  tooLong: true,
  clientId: true,
  stencilToken: true,
  shopify: true,
  stripe: true,
  wooCommerce: true,
  square: true,
  otherService: true,
  unknownService: true,
  placeholder: true,
  filePath: true,
  binary: true,
  several: true,
  missing: true,
};
const homes: Record<HomeTrouble, true> = {
  notAFolder: true,
  forbidden: true,
  readOnlyDisk: true,
  noPlace: true,
  other: true,
};
const keychains: Record<KeychainTrouble, true> = {
  notKept: true,
  notAToken: true,
  damaged: true,
  notTaken: true,
  unknown: true,
  said: true,
};
const keys = <K extends string>(of: Record<K, true>) => Object.keys(of) as K[];

/** What those are called for short that come in more than one way. */
const varieties: Partial<Record<AppError["code"], string>> = { network: "dns", storefront: "gone", homeUnusable: "other", keychainFailed: "said" };

/** One of every kind: the codes without more to say, and each variety of those that have. */
const errors: AppError[] = [
  ...errorCodes.map(
    (code) =>
      ({
        code,
        needs: { scope: "orders", level: "modify" },
        message: "words of somebody else",
        fields: [],
        seconds: 12,
        trouble: varieties[code] ?? "unavailable",
        host: "api.example.com",
        status: 503,
        path: "billing_address.zip",
        mistake: "cutOff",
        name: "Another Store",
        field: "name",
        file: "mirror",
        process: "",
        scopes: ["marketing"],
      }) as AppError,
  ),
  ...keys(network).map((trouble): AppError => ({ code: "network", trouble, host: "api.example.com" })),
  ...keys(unavailable).map((trouble): AppError => ({ code: "storeUnavailable", trouble, status: 503 })),
  ...keys(mistakes).map((mistake): AppError => ({ code: "tokenMistake", mistake })),
  ...keys(storefronts).map((trouble): AppError => ({ code: "storefront", trouble, message: "" })),
  ...keys(keychains).map((trouble): AppError => ({ code: "keychainFailed", trouble, message: "words of somebody else" })),
  ...keys(homes).map((trouble): AppError => ({ code: "homeUnusable", trouble, message: "unsupported" })),
  { code: "storefront", trouble: "said", message: "words of somebody else" },
  { code: "notAQuery", changes: true },
  { code: "notAQuery", changes: false },
  { code: "missingScope", needs: null },
  { code: "invalid", fields: [{ path: "staff_notes", message: "is too long" }], message: "" },
  { code: "damagedFile", file: "journal" },
  { code: "homeHeld", process: "4711" },
  { code: "unexpectedAnswer", path: "$" },
  { code: "clipboardFailed", message: "" },
  { code: "internal", message: "" },
];

/** What tells one trouble from another: its code, and the variety where it has some. */
function kindOf(error: AppError): string {
  const { code } = error;
  if (code === "network" || code === "storeUnavailable" || code === "storefront") return `${code} ${error.trouble}`;
  if (code === "tokenMistake") return `${code} ${error.mistake}`;
  if (code === "notAQuery") return `${code} ${Boolean(error.changes)}`;
  if (code === "damagedFile") return `${code} ${error.file}`;
  if (code === "unexpectedAnswer") return `${code} ${error.path === "$"}`;
  if (code === "missingScope") return `${code} ${error.needs === null}`;
  return code;
}

describe("every trouble", () => {
  it.each(errors.map((error) => [JSON.stringify(error), error] as const))("has words: %s", (_name, error) => {
    const { cause, more, step } = troubleWords(error);
    for (const words of [cause, more]) {
      expect(words).not.toBe("");
      // A key or a place that was not filled in would be shown as it is.
      expect(words).not.toMatch(/^(trouble|step)\.|[{}]/);
      expect(words).not.toMatch(/!|oops|please|successfully/i);
    }
    expect(cause).not.toMatch(/\.$/);
    expect(stepWords(step) ?? "nothing to do").not.toMatch(/^step\./);
  });

  it("of a token that nobody knows reminds of the client ID, whose look is the same", () => {
    expect(troubleWords({ code: "unauthorized" }).more).toMatch(/or it is the client ID, .* the line “Access token”/);
  });

  it("has a cause that no other has", () => {
    const codes: Record<string, string> = {};
    for (const error of errors) {
      const { cause } = troubleWords(error);
      const known = (codes[cause] ??= kindOf(error));
      expect(kindOf(error), cause).toBe(known);
    }
  });

  it.each([
    [503, "unavailable", /not available/, /maintenance/],
    [423, "locked", /locked/, /BigCommerce has locked it/],
    [500, "serverTrouble", /BigCommerce has trouble/, /server failed/],
  ] as const)("tells %d by its own words", (status, trouble, cause, more) => {
    const words = troubleWords({ code: "storeUnavailable", trouble, status });
    expect(words.cause).toMatch(cause);
    expect(words.more).toMatch(more);
  });

  it.each(["clipboardFailed", "internal"] as const)("of %s gives no details where there are none", (code) => {
    const words = troubleWords({ code, message: "" });
    expect(words.more).toMatch(/\w\.$/);
    expect(words.more).not.toMatch(/details|report this/i);
  });

  it("calls nobody a culprit where the store only asks to wait", () => {
    const words = troubleWords({ code: "rateLimited", seconds: 12 });
    expect(`${words.cause} ${words.more}`).not.toMatch(/other apps/i);
  });

  it("says of a store of another address what still works and how to go on, and nothing that a shop has no word for", () => {
    const { cause, more } = troubleWords({ code: "otherOrigin" });
    expect(cause).toBe("This store can only be read for now");
    expect(more).toMatch(/What was pulled before can be read\./);
    expect(more).toMatch(/quit Stockroom and start it as usual: without the setting STOCKROOM_API_ORIGIN, or with/);
    expect(`${cause} ${more} ${en["order.off.origin"]}`).not.toMatch(/\bAPI address|in force|offline/i);
  });

  it.each([
    ["notAFolder", /^Something else has its name, perhaps a file\. Move that away or give it another name, then try again\./],
    ["forbidden", /^Your account on this computer may not write there\. Allow it to, then try again\./],
    ["readOnlyDisk", /^The disk that it is on can only be read\. Have it take changes, then try again\./],
    ["noPlace", /^The place where it belongs is not there\. If that is on another disk, connect it, then try again\./],
    ["other", /then try again\. The system says: unsupported\. It is/],
  ] as const)("says of a folder that is %s what to do about it, and which it is", (trouble, said) => {
    const { more, step } = troubleWords({ code: "homeUnusable", trouble, message: "unsupported" });
    expect(more).toMatch(said);
    expect(more).toMatch(/the folder named “stockroom”/);
    expect(more.includes("unsupported")).toBe(trouble === "other");
    expect(step).toBe("tryAgain");
  });

  it("says what is wrong with which field", () => {
    const { more } = troubleWords({
      code: "invalid",
      fields: [{ path: "staff_notes", message: "is too long" }],
      message: "Invalid field(s)",
    });
    expect(more).toBe("Invalid field(s) Staff notes: is too long");
  });

  it("calls fields what the form calls them, and those it doesn't know by the store's name as words", () => {
    expect(troubleWords({ code: "badInput", field: "costPrice" }).more).toBe("Look at the field Cost.");
    expect(troubleWords({ code: "badInput", field: "isVisible" }).more).toBe("Look at the field Visibility.");
    const { more } = troubleWords({
      code: "invalid",
      fields: [
        { path: "inventory_level", message: "must be a number" },
        { path: "gift_wrapping_options.type", message: "is unknown" },
      ],
      message: "",
    });
    expect(more).toBe("Stock level: must be a number Gift wrapping options, type: is unknown");
  });
});

describe("all words", () => {
  it("keep the tone of the house", () => {
    for (const [key, words] of Object.entries(en)) {
      expect(words, key).not.toMatch(/!|\boops\b|\bplease\b|successfully/i);
      expect(words, key).not.toMatch(/\.\.\./);
    }
  });
});
