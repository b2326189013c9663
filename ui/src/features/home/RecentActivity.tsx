import { Mark } from "../../components/Mark";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { shortDate } from "../../lib/dates";
import { entryMarks, entryState, entryWords } from "../../lib/entries";
import { useGo } from "../../lib/go";
import css from "./Lines.module.css";
import { ToList } from "./ToList";

/** Props of {@link RecentActivity}. */
export type RecentActivityProps = {
  /** The store's key. */
  store: string;
};

/** Changes named here. */
const named = 6;

/** The newest changes that were made from here. */
export function RecentActivity({ store }: RecentActivityProps) {
  const go = useGo();
  const opened = useRead("openActivity", { store, filter: "all", search: null, job: null }, { keepPrevious: true }).data;
  const read = useRead(
    "activityRows",
    { view: opened?.view ?? "", from: 0, to: named },
    { enabled: opened !== undefined && opened.count > 0, keepPrevious: true },
  );
  const rows = (opened?.count ?? 0) > 0 ? (read.data?.rows ?? []) : [];
  return (
    <Section
      level={2}
      title={t("home.activity")}
      end={
        <ToList look="words" onPress={() => go.activity(store)}>
          {t("home.activity.all")}
        </ToList>
      }
    >
      {opened?.count === 0 ? <p className={css["none"]}>{t("home.activity.none")}</p> : null}
      <ul className={css["lines"]}>
        {rows.map((row) => {
          const { what, change } = entryWords(row);
          return (
            <li key={row.entry}>
              <ToList look="row" onPress={() => go.activity(store, { open: row.entry })}>
                <Mark {...(row.state === "sending" ? ({ shape: "turning", kind: "idle" } as const) : entryMarks[row.state])} />
                <span className={css["hiddenWord"]}>{entryState(row)}</span>
                <span className={css["name"]}>
                  {what} <span className={css["aside"]}>{change}</span>
                </span>
                <span className={css["quiet"]}>{shortDate(row.at)}</span>
              </ToList>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
