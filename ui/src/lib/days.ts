import { formatLocale, t } from "../i18n";

/** A day of a store's calendar, such as `2026-11-16`, if that is one; else `null`. */
export function readDay(text: string | undefined): string | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

const looks = {
  /** `16 Nov` */
  short: { day: "numeric", month: "short" },
  /** `Mon 16 Nov` */
  week: { weekday: "short", day: "numeric", month: "short" },
  /** `16 Nov 2026` */
  year: { day: "numeric", month: "short", year: "numeric" },
  /** `Tuesday, 17 November 2026` */
  full: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  /** `Nov` */
  month: { month: "short" },
  /** `November 2026` */
  monthYear: { month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** How a day is written. */
export type DayLook = keyof typeof looks;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(look: DayLook, locale: string): Intl.DateTimeFormat {
  const key = `${locale} ${look}`;
  let format = formats.get(key);
  if (!format) {
    // A day of a calendar has no time zone: it is the same day wherever it is read.
    format = new Intl.DateTimeFormat(locale, { ...looks[look], timeZone: "UTC" });
    formats.set(key, format);
  }
  return format;
}

/** A day of a store's calendar in words. */
export function dayText(day: string, look: DayLook, locale: string = formatLocale()): string {
  return formatFor(look, locale).format(new Date(`${day}T00:00:00Z`));
}

/** Days from one to another as one name, such as `1 – 17 Nov`. */
export function daysText(from: string, to: string, look: DayLook, locale: string = formatLocale()): string {
  if (from === to) return dayText(from, look, locale);
  return formatFor(look, locale).formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
}

/** Whether this computer's calendar may show another day than the store's does. */
export function isElsewhere(timeZone: string): boolean {
  return timeZone !== "" && timeZone !== Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * Which days a list is narrowed down to, as its filter says it: `16 Nov 2026`, `since 16 Nov 2026`. Where the store's
 * days are not this computer's it says whose they are.
 */
export function filterDays(from: string | null, to: string | null, timeZone: string): string {
  const days =
    from !== null && to !== null
      ? daysText(from, to, "year")
      : from !== null
        ? t("days.since", { day: dayText(from, "year") })
        : t("days.until", { day: to === null ? t("common.none") : dayText(to, "year") });
  return isElsewhere(timeZone) ? t("days.ofStore", { days }) : days;
}
