import { t } from "../../i18n";

/** How many whole days something has been waiting. */
export function ageText(since: string, now: string): string {
  const days = Math.floor((new Date(now).getTime() - new Date(since).getTime()) / 86_400_000);
  return days < 1 ? t("home.age.today") : t("home.age.days", { n: days });
}
