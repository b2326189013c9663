import { Download } from "lucide-react";
import { Button } from "../../components/Button";
import { Menu } from "../../components/Menu";
import { t } from "../../i18n";
import { type ActivityExporting, exportForms } from "./useActivityExport";

/** Props of {@link ActivityExport}. */
export type ActivityExportProps = {
  /** Writes the changes that are shown. */
  exporting: ActivityExporting;
};

/** Offers to write the changes that are shown to a file. */
export function ActivityExport({ exporting }: ActivityExportProps) {
  return (
    <Menu
      label={t("activity.export")}
      placement="bottom end"
      trigger={
        <Button icon={<Download aria-hidden />} isDisabled={exporting.busy}>
          {t("activity.export")}
        </Button>
      }
      groups={[
        {
          id: "forms",
          choices: exportForms.map((form) => ({
            id: form,
            label: t(`activity.export.${form}`),
            onChoose: () => exporting.write(form),
          })),
        },
      ]}
    />
  );
}
