import { formatLocale } from "../i18n";
import type { MoneyDto } from "../ipc/bindings";

const formats = new Map<string, Intl.NumberFormat>();

function formatFor(currency: string, locale: string): Intl.NumberFormat | null {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    try {
      format = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
    } catch {
      return null;
    }
    formats.set(key, format);
  }
  return format;
}

/**
 * An amount as the person's system writes it, such as `$480.13`.
 *
 * The decimal text goes to the formatter as it is: it never passes through a floating-point number.
 */
export function money({ amount, currency }: MoneyDto, locale: string = formatLocale()): string {
  const format = formatFor(currency, locale);
  // Every engine of ours formats decimal text exactly; only the type of `format` does not say so yet.
  const text = format ? format.format(amount as unknown as number) : `${amount} ${currency}`.trim();
  // A minus as wide as the figures, where the formatter writes a hyphen.
  return text.replace("-", "\u2212");
}

const wholeFormats = new Map<string, Intl.NumberFormat>();

/** A round amount without decimals it doesn't need, such as `$8,000`: for the lines of a plot. */
export function wholeMoney({ amount, currency }: MoneyDto, locale: string = formatLocale()): string {
  const key = `${locale} ${currency}`;
  let format = wholeFormats.get(key);
  if (!format) {
    try {
      format = new Intl.NumberFormat(locale, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        trailingZeroDisplay: "stripIfInteger",
      } as Intl.NumberFormatOptions);
    } catch {
      return amount;
    }
    wholeFormats.set(key, format);
  }
  return format.format(amount as unknown as number);
}

/** Several amounts, one for each currency, such as `$40,624.95 + €12.00`. */
export function moneySum(amounts: readonly MoneyDto[], locale: string = formatLocale()): string {
  return amounts.map((amount) => money(amount, locale)).join(" + ");
}

/** True for nothing at all: `0`, `0.00`, `-0.0`. */
export function isZero({ amount }: MoneyDto): boolean {
  return !/[1-9]/.test(amount);
}

/** The same amount with the other sign. */
export function negated({ amount, currency }: MoneyDto): MoneyDto {
  if (isZero({ amount, currency })) return { amount, currency };
  return { amount: amount.startsWith("-") ? amount.slice(1) : `-${amount}`, currency };
}

/** Exact sums, one for each currency, in the order in which the currencies appear. */
export function addUp(amounts: readonly MoneyDto[]): MoneyDto[] {
  const sums = new Map<string, { units: bigint; places: number }>();
  for (const { amount, currency } of amounts) {
    const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount.trim());
    if (!match) continue;
    const [, sign = "", whole = "0", part = ""] = match;
    const sum = sums.get(currency) ?? { units: 0n, places: 0 };
    const places = Math.max(sum.places, part.length);
    const scaled = BigInt(whole + part) * 10n ** BigInt(places - part.length);
    sums.set(currency, {
      units: sum.units * 10n ** BigInt(places - sum.places) + (sign ? -scaled : scaled),
      places,
    });
  }
  return [...sums].map(([currency, { units, places }]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
    const whole = digits.slice(0, digits.length - places);
    const part = places > 0 ? `.${digits.slice(-places)}` : "";
    return { amount: `${units < 0n ? "-" : ""}${whole}${part}`, currency };
  });
}

/** The amount in one currency; zero where there is none. Amounts in other currencies are left out, never converted. */
export function amountIn(amounts: readonly MoneyDto[], currency: string): MoneyDto {
  return amounts.find((amount) => amount.currency === currency) ?? { amount: "0", currency };
}

/** Whole units of an amount, scaled so that two of them can be divided exactly. */
function scaled(amount: string, places: number): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount.trim());
  if (!match) return null;
  const [, sign = "", whole = "0", part = ""] = match;
  const units = BigInt(whole + part.slice(0, places).padEnd(places, "0"));
  return sign ? -units : units;
}

/** How much more one amount is than another, in thousandths of the other; `null` if that is nothing or negative. */
export function moreThan(amount: string, before: string): number | null {
  const [now, then] = [scaled(amount, 8), scaled(before, 8)];
  if (now === null || then === null || then <= 0n) return null;
  const twice = ((now - then) * 2000n) / then;
  // Half a thousandth rounds away from zero.
  return Number((twice + (twice < 0n ? -1n : 1n)) / 2n);
}
