import { formatLocale, t } from "../../i18n";
import type { MoneyDto } from "../../ipc";
import { moreThan } from "../../lib/money";

/** Thousandths as percent, such as `2.6%`. */
export function percentOf(thousandths: number): string {
  return new Intl.NumberFormat(formatLocale(), {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(thousandths / 1000);
}

/** How much more or less an amount is than one before it, in words; `null` where there was nothing before. */
export function changeOf(now: MoneyDto, before: MoneyDto): { words: string; isUp: boolean } | null {
  const thousandths = now.currency === before.currency ? moreThan(now.amount, before.amount) : null;
  if (thousandths === null) return null;
  const percent = percentOf(Math.abs(thousandths));
  if (thousandths === 0) return { words: t("home.change.none"), isUp: false };
  return {
    words: t(thousandths > 0 ? "home.change.up" : "home.change.down", { percent }),
    isUp: thousandths > 0,
  };
}
