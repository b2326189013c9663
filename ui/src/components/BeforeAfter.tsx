import { ArrowRight } from "lucide-react";
import { t } from "../i18n";
import { classes } from "../lib/classes";
import css from "./BeforeAfter.module.css";

/** Props of {@link BeforeAfter}. */
export type BeforeAfterProps = {
  /** As it is. */
  before: string;
  /** As it will be. */
  after: string;
  /** In a row of a table: long texts are cut. */
  oneLine?: boolean;
};

/** What something is, and what it becomes. */
export function BeforeAfter({ before, after, oneLine = false }: BeforeAfterProps) {
  return (
    <span className={classes(css["pair"], oneLine && css["oneLine"])}>
      <span className={css["before"]}>{before === "" ? t("common.empty") : before}</span>
      <ArrowRight className={css["arrow"]} role="img" aria-label={t("common.becomes")} />
      <span className={css["after"]}>{after === "" ? t("common.empty") : after}</span>
    </span>
  );
}
