import type { AppError } from "./bindings";

/** True for every code there is; a code that is missing here is a type error. */
const codes: Record<AppError["code"], true> = {
  unauthorized: true,
  missingScope: true,
  noScopes: true,
  otherScopes: true,
  clipboardFailed: true,
  wrongStore: true,
  notFound: true,
  invalid: true,
  rateLimited: true,
  notSentInTime: true,
  storeUnavailable: true,
  network: true,
  unexpectedAnswer: true,
  keychainAbsent: true,
  keychainLocked: true,
  keychainRefused: true,
  keychainNoEntry: true,
  keychainAmbiguous: true,
  keychainFailed: true,
  noHash: true,
  tokenMistake: true,
  otherStore: true,
  storefront: true,
  notAQuery: true,
  readOnly: true,
  otherOrigin: true,
  planGone: true,
  needsConfirmation: true,
  viewGone: true,
  storeGone: true,
  attemptGone: true,
  entryMoved: true,
  badInput: true,
  homeHeld: true,
  homeUnusable: true,
  fileNotWritten: true,
  diskFull: true,
  newerFiles: true,
  sampleOutdated: true,
  sampleNewer: true,
  damagedFile: true,
  cancelled: true,
  internal: true,
};

/** Every code an error can have. */
export const errorCodes = Object.keys(codes) as AppError["code"][];

function isAppError(value: unknown): value is AppError {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    Object.hasOwn(codes, value.code)
  );
}

/** What was thrown, if the backend threw it; anything else is a mistake of ours and comes out as `internal`. */
export function asAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : typeof thrown === "string" ? thrown : "";
  return { code: "internal", message };
}
