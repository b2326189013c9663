import { t } from "../../i18n";
import type { ConnectTidy, HandedOver, Tidied } from "../../ipc";

/** What the person said about putting something away; what they left alone is not in it. */
export type TidyWish = Partial<ConnectTidy>;

/**
 * What is put away once the store is saved. Of itself only what BigCommerce made for this very purpose: the
 * downloaded credentials file, and what was copied. Anything else is the person's own, and a token that is kept in
 * memory only may be nowhere else: those are left alone unless the person says so.
 */
export function tidyFor(handed: HandedOver | null, untilQuit: boolean, wish: TidyWish): ConnectTidy {
  const isCredentialsFile = handed === null || handed.kind === "credentialsFile";
  return { clipboard: wish.clipboard ?? !untilQuit, file: wish.file ?? (!untilQuit && isCredentialsFile) };
}

/** What is left of a wish when it is about to be kept elsewhere: only what was declined. */
export function onlyDeclined({ clipboard, file }: TidyWish): TidyWish {
  return { ...(clipboard === false ? { clipboard } : {}), ...(file === false ? { file } : {}) };
}

/** What was put away, in words; nothing if nothing was. */
export function tidiedWords({ clipboard, file }: Tidied, fileName: string | null): string {
  return [
    ...(file === "done" ? [t("tidy.file.done", { name: fileName ?? "none" })] : []),
    ...(clipboard === "done" ? [t("tidy.clipboard.done")] : []),
  ].join(" ");
}
