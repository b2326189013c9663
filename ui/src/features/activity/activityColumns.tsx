import type { Column } from "../../components/grid/types";
import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import type { ActivityRow } from "../../ipc";
import { shortDate } from "../../lib/dates";
import { entryMarks, entryState, entryWords } from "../../lib/entries";
import css from "./activityColumns.module.css";
import { EntryAction } from "./EntryAction";

/** Columns of the list of changes. */
export function activityColumns(store: string): readonly Column<ActivityRow>[] {
  return [
    {
      id: "when",
      label: t("activity.column.when"),
      width: 128,
      drop: 2,
      cell: (row) => <span className={css["quiet"]}>{shortDate(row.at)}</span>,
    },
    {
      id: "what",
      label: t("activity.column.what"),
      width: 200,
      grows: true,
      cell: (row) => {
        const { what, change } = entryWords(row);
        return (
          <>
            {what} <span className={css["aside"]}>{change}</span>
            {row.undoes ? <span className={css["aside"]}> {t("activity.what.undo")}</span> : null}
          </>
        );
      },
    },
    {
      id: "state",
      label: t("activity.column.state"),
      // As wide as the longest of them, "Undone" with a whole date.
      width: 200,
      cell: (row) => (
        <span className={css["state"]}>
          {row.state === "sending" ? (
            <Mark shape="turning" kind="idle" />
          ) : (
            <Mark {...entryMarks[row.state]} />
          )}
          <span className={css["word"]}>{entryState(row)}</span>
        </span>
      ),
    },
    {
      id: "action",
      label: t("activity.column.action"),
      // As wide as the longest of them, "Replace the token…".
      width: 152,
      align: "end",
      // What is open can be put back in its panel.
      drop: 1,
      cell: (row) => <EntryAction store={store} row={row} />,
    },
  ];
}
