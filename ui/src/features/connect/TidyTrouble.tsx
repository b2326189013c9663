import { Notice } from "../../components/Notice";
import { t } from "../../i18n";
import type { Tidied } from "../../ipc";
import css from "./NameIt.module.css";

/** What the token has left lying about and could not be put away; nothing if all went well. */
export function TidyTrouble({ tidied }: { tidied: Tidied }) {
  if (tidied.clipboard !== "failed" && tidied.file !== "failed") return null;
  return (
    <div className={css["notice"]}>
      <Notice gravity="warn" title={t("name.saved")} announce>
        {tidied.clipboard === "failed" ? `${t("tidy.clipboard.failed")} ` : null}
        {tidied.file === "failed" ? t("tidy.file.failed") : null}
      </Notice>
    </div>
  );
}
