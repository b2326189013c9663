import { formatLocale } from "../i18n";

const formats = new Map<string, Intl.NumberFormat>();

/** A count with the system's grouping, such as `48,102`. */
export function count(n: number, locale: string = formatLocale()): string {
  // Making one takes a hundred times as long as using it.
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.NumberFormat(locale);
    formats.set(locale, format);
  }
  return format.format(n);
}
