import { Menu } from "../../components/Menu";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { useRead, useWrite } from "../../ipc";

/** Props of {@link ActivityKeepingChoice}. */
export type ActivityKeepingChoiceProps = {
  /** The store's key. */
  store: string;
};

const offered = [null, 30, 90, 365] as const;

const words = (days: number | null) =>
  days === null ? t("activity.keeping.never") : t("activity.keeping.days", { n: days });

/** After how long names and notes are erased from changes that are over. */
export function ActivityKeepingChoice({ store }: ActivityKeepingChoiceProps) {
  const days = useRead("activityKeeping", { store }).data?.eraseAfterDays ?? null;
  const { mutate } = useWrite("setActivityKeeping");
  return (
    <Menu
      label={t("activity.keeping")}
      placement="top end"
      trigger={<TextButton>{`${t("activity.keeping")}: ${words(days)}`}</TextButton>}
      groups={[
        {
          id: "days",
          title: t("activity.keeping"),
          choices: offered.map((choice) => ({
            id: String(choice),
            label: words(choice),
            current: choice === days,
            onChoose: () => mutate({ store, eraseAfterDays: choice }),
          })),
        },
      ]}
    />
  );
}
