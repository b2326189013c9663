import { Download } from "lucide-react";
import { t } from "../../i18n";
import type { Action } from "../../lib/actions";
import { type ActivityExporting, exportForms } from "./useActivityExport";

/** Writing changes to a file as the command list has it: a command for each form. */
export function exportActions(
  { id, label, ...rest }: Omit<Action, "label" | "icon" | "offBecause" | "run"> & { label: (form: string) => string },
  exporting: ActivityExporting,
): Action[] {
  return exportForms.map((form) => ({
    ...rest,
    id: `${id}-${form}`,
    label: label(t(`activity.export.${form}`)),
    icon: <Download aria-hidden />,
    offBecause: exporting.busy ? t("activity.exporting") : null,
    run: () => exporting.write(form),
  }));
}
