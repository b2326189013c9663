import { Menu } from "../../components/Menu";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { useRead, useWrite } from "../../ipc";
import { useTellTrouble } from "../../lib/telling";
import { keepingChoices, keepingWords } from "./keeping";

/** Props of {@link ActivityKeepingChoice}. */
export type ActivityKeepingChoiceProps = {
  /** The store's key. */
  store: string;
};

/** After how long names and notes are erased from changes that are over. */
export function ActivityKeepingChoice({ store }: ActivityKeepingChoiceProps) {
  const days = useRead("activityKeeping", { store }).data?.eraseAfterDays ?? null;
  const { mutate } = useWrite("setActivityKeeping", { onError: useTellTrouble() });
  return (
    <Menu
      label={t("activity.keeping")}
      placement="top end"
      trigger={<TextButton>{`${t("activity.keeping")}: ${keepingWords(days)}`}</TextButton>}
      groups={[
        {
          id: "days",
          title: t("activity.keeping"),
          choices: keepingChoices.map((choice) => ({
            id: String(choice),
            label: keepingWords(choice),
            current: choice === days,
            onChoose: () => mutate({ store, eraseAfterDays: choice }),
          })),
        },
      ]}
    />
  );
}
