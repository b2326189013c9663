import { RotateCcw } from "lucide-react";
import { type ReactNode, useId } from "react";
import { t } from "../i18n";
import type { ActivityRow } from "../ipc/bindings";
import { useOffer } from "../lib/actions";
import { shortDate } from "../lib/dates";
import { entryMarks, entryState } from "../lib/entries";
import css from "./HistoryLines.module.css";
import { Mark } from "./Mark";
import { TextButton } from "./TextButton";

/** One line of a history. */
export type HistoryLine = {
  /** Tells it from the others. */
  id: string;
  /** When it was; `null` where nobody knows. */
  at: string | null;
  /** What happened. */
  what: string;
  /** Who did it, or where. */
  by?: ReactNode;
  /** Below it, one after the other: what was before, how it went. */
  under?: ReactNode;
  /** Shows more of it. */
  onOpen?: () => void;
  /** Puts it back. */
  onUndo?: (() => void) | null;
};

/** Props of {@link HistoryLines}. */
export type HistoryLinesProps = {
  /** Its lines, newest first. */
  lines: readonly HistoryLine[];
  /** What stands in the command list above what can be done with the thing. */
  group: string;
};

/** What happened to a thing, one line each. What can be put back is so from the command list, too. */
export function HistoryLines({ lines, group }: HistoryLinesProps) {
  // The thing is open, but whatever else can be done with it comes first.
  useOffer("screen", () =>
    lines.flatMap(({ id, what, at, onUndo }) =>
      onUndo
        ? [
            {
              id: `undo-line-${id}`,
              group,
              label: t("history.undo", { what }),
              more: at === null ? "" : shortDate(at),
              icon: <RotateCcw aria-hidden />,
              run: onUndo,
            },
          ]
        : [],
    ),
  );
  return (
    <ul className={css["list"]}>
      {lines.map((line) => (
        <Line key={line.id} {...line} />
      ))}
    </ul>
  );
}

function Line({ at, what, by, under, onOpen, onUndo }: HistoryLine) {
  const [undo, words] = [useId(), useId()];
  return (
    <li className={css["line"]}>
      <span className={css["when"]}>{at === null ? null : shortDate(at)}</span>
      <span className={css["what"]} id={words}>
        {onOpen ? <TextButton onPress={onOpen}>{what}</TextButton> : what}
      </span>
      <span className={css["by"]}>{by}</span>
      {under || onUndo ? (
        <span className={css["under"]}>
          {under}
          {onUndo ? (
            <TextButton size="small" id={undo} aria-labelledby={`${undo} ${words}`} onPress={onUndo}>
              {t("activity.action.undo")}
            </TextButton>
          ) : null}
        </span>
      ) : null}
    </li>
  );
}

/** Of a change that was made here, `together` with how many: when, by whom, how it went, and the way to all of it. */
export function changeLine(
  row: ActivityRow,
  together: number,
  { onOpen, onUndo }: { onOpen: () => void; onUndo: (() => void) | null },
): Omit<HistoryLine, "what"> {
  return {
    id: row.entry,
    at: row.at,
    by: together > 1 ? t("history.youTogether", { n: together }) : t("history.you"),
    under: (
      <span className={css["state"]}>
        <Mark {...entryMarks[row.state]} />
        {entryState(row)}
      </span>
    ),
    onOpen,
    // What puts another change back is undone by making that change again.
    onUndo: row.canUndo && row.undoes === null ? onUndo : null,
  };
}
