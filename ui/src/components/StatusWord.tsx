import { t } from "../i18n";
import { statusMark } from "../lib/statuses";
import { Mark } from "./Mark";
import css from "./StatusWord.module.css";

/** Props of {@link StatusWord}. */
export type StatusWordProps = {
  /** What the status means. */
  statusId: number;
  /** The store's own label. */
  label: string;
  /** The label of a status that is on its way. */
  becoming?: string | null;
};

/** An order's status: the id picks the mark, the word is the store's own. */
export function StatusWord({ statusId, label, becoming }: StatusWordProps) {
  return (
    <span className={css["status"]} data-status={statusId}>
      {becoming ? <Mark shape="turning" kind="idle" /> : <Mark {...statusMark(statusId)} />}
      <span className={css["word"]}>{becoming ? t("status.changing", { label: becoming }) : label}</span>
    </span>
  );
}
