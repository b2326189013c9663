import { formatLocale } from "../i18n";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A size as people say it, such as `3.4 MB`, from bytes as a decimal number. */
export function size(bytes: string, locale: string = formatLocale()): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[unit],
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}
