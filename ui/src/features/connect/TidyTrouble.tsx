import { Notice } from "../../components/Notice";
import { t } from "../../i18n";
import type { Tidied } from "../../ipc";
import { tidiedWords } from "./tidy";
import css from "./NameIt.module.css";

/** Props of {@link TidyTrouble}. */
export type TidyTroubleProps = {
  /** What was put away, and what could not be. */
  tidied: Tidied;
  /** The file that the token came in. */
  fileName: string | null;
};

/** What became of what the token has left lying about; nothing if there was nothing. */
export function TidyTrouble({ tidied, fileName }: TidyTroubleProps) {
  const done = tidiedWords(tidied, fileName);
  const isBad = tidied.clipboard === "failed" || tidied.file === "failed";
  if (!isBad && !done) return null;
  return (
    <div className={css["notice"]}>
      <Notice gravity={isBad ? "warn" : "quiet"} title={t(isBad ? "name.saved" : "tidy.done")} announce>
        {tidied.clipboard === "failed" ? `${t("tidy.clipboard.failed")} ` : null}
        {tidied.file === "failed" ? `${t("tidy.file.failed")} ` : null}
        {done}
      </Notice>
    </div>
  );
}
