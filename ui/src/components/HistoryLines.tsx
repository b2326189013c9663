import type { ReactNode } from "react";
import { shortDate } from "../lib/dates";
import css from "./HistoryLines.module.css";
import { TextButton } from "./TextButton";

/** One line of a history. */
export type HistoryLine = {
  /** Tells it from the others. */
  id: string;
  /** When it was; `null` where nobody knows. */
  at: string | null;
  /** What happened. */
  what: string;
  /** How it went, or who did it. */
  state: ReactNode;
  /** Shows more of it. */
  onOpen?: () => void;
};

/** Props of {@link HistoryLines}. */
export type HistoryLinesProps = {
  /** Its lines, newest first. */
  lines: readonly HistoryLine[];
};

/** What happened to a thing, one line each. */
export function HistoryLines({ lines }: HistoryLinesProps) {
  return (
    <ul className={css["list"]}>
      {lines.map(({ id, at, what, state, onOpen }) => (
        <li key={id} className={css["line"]}>
          <span className={css["when"]}>{at === null ? null : shortDate(at)}</span>
          <span className={css["what"]}>{onOpen ? <TextButton onPress={onOpen}>{what}</TextButton> : what}</span>
          <span className={css["state"]}>{state}</span>
        </li>
      ))}
    </ul>
  );
}
