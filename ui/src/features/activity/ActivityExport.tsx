import { Download } from "lucide-react";
import { Button } from "../../components/Button";
import { Menu } from "../../components/Menu";
import { t } from "../../i18n";
import { type ActivityQuery, type ExportForm, asAppError, useWrite } from "../../ipc";
import { useTell } from "../../lib/telling";
import { troubleWords } from "../../lib/trouble";

/** Props of {@link ActivityExport}. */
export type ActivityExportProps = {
  /** The changes that are shown. */
  which: ActivityQuery;
};

/** Writes the changes that are shown to a file. */
export function ActivityExport({ which }: ActivityExportProps) {
  const tell = useTell();
  const { mutateAsync, isPending } = useWrite("exportActivity");
  const write = async (form: ExportForm) => {
    try {
      const { file, count } = await mutateAsync({ which, form });
      if (file !== null) tell(t("activity.export.done", { n: count, file }));
    } catch (thrown) {
      tell(troubleWords(asAppError(thrown)).cause);
    }
  };
  const choice = (form: ExportForm) => ({
    id: form,
    label: t(`activity.export.${form}`),
    onChoose: () => void write(form),
  });
  return (
    <Menu
      label={t("activity.export")}
      placement="bottom end"
      trigger={
        <Button icon={<Download aria-hidden />} isDisabled={isPending}>
          {t("activity.export")}
        </Button>
      }
      groups={[{ id: "forms", choices: [choice("csv"), choice("json")] }]}
    />
  );
}
