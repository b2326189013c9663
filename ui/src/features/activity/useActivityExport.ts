import { type ActivityQuery, asAppError, type ExportForm, useWrite } from "../../ipc";
import { t } from "../../i18n";
import { useTell } from "../../lib/telling";
import { troubleWords } from "../../lib/trouble";

/** Ways to write changes to a file, as they are offered. */
export const exportForms: readonly ExportForm[] = ["csv", "json"];

/** Writing the changes that are shown to a file. */
export type ActivityExporting = {
  /** Asks where to, writes, and tells what came of it. */
  write: (form: ExportForm) => void;
  /** It is asking or writing. */
  busy: boolean;
};

/** Writes the changes that are shown to a file. */
export function useActivityExport(which: ActivityQuery): ActivityExporting {
  const tell = useTell();
  const { mutateAsync, isPending } = useWrite("exportActivity");
  const write = async (form: ExportForm) => {
    try {
      const { file, count } = await mutateAsync({ which, form });
      if (file !== null) tell(t("activity.export.done", { n: count, file }), "result");
    } catch (thrown) {
      tell(troubleWords(asAppError(thrown)).cause, "result");
    }
  };
  return { write: (form) => void write(form), busy: isPending };
}
