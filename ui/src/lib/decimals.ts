import { formatLocale } from "../i18n";

/** How a locale writes whole numbers, and what parts the decimals from them. */
type Separators = { format: Intl.NumberFormat; decimal: string };

const separatorsOf = new Map<string, Separators>();

function separators(locale: string): Separators {
  let found = separatorsOf.get(locale);
  if (!found) {
    const format = new Intl.NumberFormat(locale, { numberingSystem: "latn" });
    found = { format, decimal: format.formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? "." };
    separatorsOf.set(locale, found);
  }
  return found;
}

/** Zero of the digits that keyboards of Arabic and Persian type. */
const zeros = [0x0660, 0x06f0];

/** Digits, points and commas in one alphabet; blanks, currency signs and codes left out. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
      const code = digit.charCodeAt(0);
      return String(code - (zeros.findLast((zero) => zero <= code) ?? code));
    })
    .replaceAll("\u066b", ".")
    .replaceAll("\u066c", "'")
    .replaceAll(/[\u2212\u2010\u2011\u2013]/g, "-")
    .replaceAll(/[\s\p{Sc}\p{Cf}]/gu, "")
    .replace(/^(-?)[A-Za-z]{3}(?=[\d.,'-])/, "$1")
    .replace(/(?<=[\d.,])[A-Za-z]{3}$/, "");
}

/** Thousands parted by `by`: stretches of three digits, or of two before the last as in India. */
function ungrouped(whole: string, by: string): string | null {
  const parts = whole.split(by);
  const fits = parts.every((part, at) =>
    (at === 0 ? (parts.length > 1 ? /^[1-9]\d{0,2}$/ : /^\d+$/) : at < parts.length - 1 ? /^\d{2,3}$/ : /^\d{3}$/).test(part),
  );
  return fits ? parts.join("") : null;
}

/** Splits at the sign for decimals, whichever of the two it is here; `null` if that can't be told. */
function split(digits: string, { decimal }: Separators): { whole: string; part: string } | null {
  const signs = digits.replaceAll(/\d/g, "");
  const last = signs.at(-1);
  if (last === undefined) return { whole: digits, part: "" };
  const other = last === "." ? "," : ".";
  const at = digits.lastIndexOf(last);
  const before = digits.slice(0, at);
  if (signs.includes(other)) {
    // Of two kinds, the one that comes last parts the decimals, and so there is one of it.
    const whole = before.includes(last) ? null : ungrouped(before, other);
    return whole === null ? null : { whole, part: digits.slice(at + 1) };
  }
  const parts = signs.length > 1 || last !== decimal ? ungrouped(digits, last) : null;
  if (parts !== null) return { whole: parts, part: "" };
  return signs.length > 1 ? null : { whole: before, part: digits.slice(at + 1) };
}

/**
 * The amount somebody typed, as decimal text with a point, such as `1234.50`; `null` if it is none.
 *
 * Understands thousands and decimals as the locale parts them and, where it can be told, the other way round,
 * blanks, a currency's sign or code, and a minus. It is never turned into a floating-point number.
 */
export function readDecimal(text: string, locale: string = formatLocale()): string | null {
  const signed = plain(text);
  const minus = signed.startsWith("-");
  const digits = (minus ? signed.slice(1) : signed).replaceAll(/['\u2019]/g, "");
  if (!/^(?=.*\d)[\d.,]+$/.test(digits)) return null;
  const halves = split(digits, separators(locale));
  if (!halves) return null;
  const whole = halves.whole.replace(/^0+(?=\d)/, "") || "0";
  const amount = halves.part === "" ? whole : `${whole}.${halves.part}`;
  return minus && /[1-9]/.test(amount) ? `-${amount}` : amount;
}

/** Decimal text as the person's locale writes it, such as `1,234.50`, with at least `places` decimals. */
export function writeDecimal(amount: string, places = 0, locale: string = formatLocale()): string {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount);
  if (!match) return amount;
  const [, minus = "", whole = "0", part = ""] = match;
  const { format, decimal } = separators(locale);
  const grouped = format.format(BigInt(whole));
  // What the store keeps beyond the usual places is shown only where it says something.
  const shown = part.replace(/0+$/, "").padEnd(places, "0");
  return `${minus}${grouped}${shown ? decimal + shown : ""}`;
}

/** A part of a hundred as the locale writes it, such as `58.3%`, with at least `places` decimals. */
export function writePercent(percent: string, places = 0, locale: string = formatLocale()): string {
  const shape = new Intl.NumberFormat(locale, { style: "percent", numberingSystem: "latn" }).formatToParts(0.1);
  return shape
    .map(({ type, value }) => (type === "integer" ? writeDecimal(percent, places, locale) : value))
    .join("")
    .replace("-", "\u2212");
}

/** How many decimals a currency has: 2 for most, 0 for yen. */
export function currencyPlaces(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** A currency's sign as the locale writes it: `$`, `€`, or its code. */
export function currencySign(currency: string, locale: string = formatLocale()): string {
  try {
    const parts = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
    return parts.formatToParts(0).find(({ type }) => type === "currency")?.value ?? currency;
  } catch {
    return currency;
  }
}

/** Decimals behind the point, zeros at the end left out. */
export function placesOf(amount: string): number {
  return (amount.split(".")[1] ?? "").replace(/0+$/, "").length;
}

function scaled(amount: string, places: number): bigint {
  const minus = amount.startsWith("-");
  const [whole = "0", part = ""] = (minus ? amount.slice(1) : amount).split(".");
  const units = BigInt(whole + part.slice(0, places).padEnd(places, "0"));
  return minus ? -units : units;
}

function both(one: string, other: string): [bigint, bigint, number] {
  const places = Math.max((one.split(".")[1] ?? "").length, (other.split(".")[1] ?? "").length);
  return [scaled(one, places), scaled(other, places), places];
}

/** Below 0 if the first is smaller, above if it is larger, 0 if they are equal: `12.5` and `12.50` are. */
export function compareDecimals(one: string, other: string): number {
  const [a, b] = both(one, other);
  return a < b ? -1 : a > b ? 1 : 0;
}

const abs = (value: bigint) => (value < 0n ? -value : value);

/** The exact difference. */
export function minus(one: string, other: string): string {
  const [a, b, places] = both(one, other);
  const units = a - b;
  const digits = abs(units).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return `${units < 0n ? "-" : ""}${whole}${places > 0 ? `.${digits.slice(-places)}` : ""}`;
}

/** What one is of the other in percent, with one decimal, rounded to the nearest; `null` of nothing. */
export function percentOf(one: string, other: string): string | null {
  const [a, b] = both(one, other);
  if (b === 0n) return null;
  const negative = a < 0n !== b < 0n && a !== 0n;
  const tenths = ((abs(a) * 2000n) / abs(b) + 1n) / 2n;
  const digits = tenths.toString().padStart(2, "0");
  return `${negative && tenths > 0n ? "-" : ""}${digits.slice(0, -1)}.${digits.slice(-1)}`;
}
