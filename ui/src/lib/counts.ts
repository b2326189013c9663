import { formatLocale } from "../i18n";

/** A count with the system's grouping, such as `48,102`. */
export function count(n: number, locale: string = formatLocale()): string {
  return new Intl.NumberFormat(locale).format(n);
}
