import { formatLocale, t } from "../i18n";

/** Where and when something is read; tests choose both. */
export type Reading = {
  /** The present moment. */
  now?: Date;
  /** The locale to write in. */
  locale?: string;
  /** The IANA time zone to write in; the system's if left out. */
  timeZone?: string;
  /** In the middle of a sentence: `today 10:36`. */
  inSentence?: boolean;
};

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(options: Intl.DateTimeFormatOptions, where: string, timeZone?: string): Intl.DateTimeFormat {
  const key = `${where} ${timeZone ?? ""} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(where, { ...options, ...(timeZone ? { timeZone } : {}) });
    formats.set(key, made);
  }
  return made;
}

function format(date: Date, options: Intl.DateTimeFormatOptions, { locale, timeZone }: Reading): string {
  return formatFor(options, locale ?? formatLocale(), timeZone).format(date);
}

const day: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
const inNumbers: Intl.DateTimeFormatOptions = { year: "numeric", month: "numeric", day: "numeric" };
const dayInWeek: Intl.DateTimeFormatOptions = { weekday: "short", ...day };

const halfDays = new Map<string, boolean>();

/** The time of day: `9:36 AM` where a day is told in halves, `09:36` elsewhere, so that times line up. */
function timeOf(date: Date, reading: Reading): string {
  const locale = reading.locale ?? formatLocale();
  let halves = halfDays.get(locale);
  if (halves === undefined) {
    halves = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 === true;
    halfDays.set(locale, halves);
  }
  return format(date, { hour: halves ? "numeric" : "2-digit", minute: "2-digit" }, reading);
}

function dayNumber(date: Date, timeZone: string | undefined): number {
  const parts = formatFor(inNumbers, "en-US", timeZone).formatToParts(date);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day")) / 86_400_000;
}

/** The time of day with seconds and tenths, such as `08:52:04.1`. */
export function exactTime(instant: string, reading: Reading = {}): string {
  return format(
    new Date(instant),
    { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 1, hourCycle: "h23" },
    reading,
  );
}

/** A moment, as short as it can be told: `Today 10:36`, within a week `Mon 14:22`, else `16 Nov 2026`. */
export function shortDate(instant: string, reading: Reading = {}): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return t("common.none");
  const now = reading.now ?? new Date();
  const ago = dayNumber(now, reading.timeZone) - dayNumber(date, reading.timeZone);
  const time = timeOf(date, reading);
  if (ago === 0) return t(reading.inSentence ? "date.todayInSentence" : "date.today", { time });
  if (ago > 0 && ago < 7) return t("date.dayTime", { day: format(date, { weekday: "short" }, reading), time });
  return format(date, day, reading);
}

/** A moment in full: `Mon, 16 Nov 2026, 14:22`. */
export function fullDate(instant: string, reading: Reading = {}): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return t("common.none");
  return t("date.full", { day: format(date, dayInWeek, reading), time: timeOf(date, reading) });
}

/** How long ago, roughly: `8 s ago`, `2 min ago`; within the last two seconds `just now`. */
export function ago(instant: string, now: Date = new Date()): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - new Date(instant).getTime()) / 1000));
  if (seconds < 2) return t("ago.now");
  if (seconds < 60) return t("ago.seconds", { n: seconds });
  if (seconds < 3600) return t("ago.minutes", { n: Math.floor(seconds / 60) });
  if (seconds < 172_800) return t("ago.hours", { n: Math.floor(seconds / 3600) });
  return t("ago.days", { n: Math.floor(seconds / 86_400) });
}

/** A length of time: `9 seconds`, `2 minutes`. Rounded up, so that nobody is promised too much. */
export function span(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 90) return t("span.seconds", { n: whole });
  if (whole < 5400) return t("span.minutes", { n: Math.ceil(whole / 60) });
  return t("span.hours", { n: Math.ceil(whole / 3600) });
}

/** By how much two clocks differ: `1 hour`, `61 minutes`. To the nearest, for it promises nobody anything. */
export function difference(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 90) return t("span.seconds", { n: whole });
  const minutes = Math.round(whole / 60);
  // An hour and a half is told in minutes, two and a half hours are not: that is near enough to look at the clock.
  if (minutes !== 60 && minutes < 100) return t("span.minutes", { n: minutes });
  return t("span.hours", { n: Math.round(whole / 3600) });
}
