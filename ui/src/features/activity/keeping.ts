import { t } from "../../i18n";

/** After how many days names and notes may be erased; `null` for never. */
export const keepingChoices = [null, 30, 90, 365] as const;

/** The same in words. */
export function keepingWords(days: number | null): string {
  return days === null ? t("activity.keeping.never") : t("activity.keeping.days", { n: days });
}
