import { describe, expect, it } from "vitest";
import { formatLocale, t } from "../i18n";
import { ago, difference, exactTime, fullDate, shortDate, span } from "./dates";
import { addUp, isZero, money, moneySum, negated } from "./money";

const usd = (amount: string) => ({ amount, currency: "USD" });

describe("money", () => {
  it("is written by its currency", () => {
    expect(money(usd("1040.13"), "en-US")).toBe("$1,040.13");
    expect(money({ amount: "1200", currency: "JPY" }, "en-US")).toBe("¥1,200");
    expect(money({ amount: "0.1", currency: "KWD" }, "en-US")).toMatch(/0\.100/);
  });

  it("below nothing has a minus and no hyphen", () => {
    expect(money(usd("-47.70"), "en-US")).toBe("−$47.70");
  });

  it("keeps its text where the currency is none", () => {
    expect(money({ amount: "5.00", currency: "" }, "en-US")).toBe("5.00");
  });

  it("adds up exactly, currency by currency", () => {
    expect(addUp([usd("0.1"), usd("0.20"), usd("-1")])).toEqual([usd("-0.70")]);
    expect(addUp([usd("9007199254740993.01"), usd("0.01")])).toEqual([usd("9007199254740993.02")]);
    expect(moneySum(addUp([usd("1"), { amount: "2", currency: "EUR" }]), "en-US")).toBe("$1.00 + €2.00");
  });

  it("changes its sign, except for nothing", () => {
    expect(negated(usd("47.70"))).toEqual(usd("-47.70"));
    expect(negated(usd("-1"))).toEqual(usd("1"));
    expect(negated(usd("0.00"))).toEqual(usd("0.00"));
    expect(isZero(usd("-0.00"))).toBe(true);
    expect(isZero(usd("0.01"))).toBe(false);
  });
});

describe("dates", () => {
  const reading = { now: new Date("2026-11-18T10:00:00Z"), locale: "en-GB", timeZone: "UTC" };

  it("are as short as they can be", () => {
    expect(shortDate("2026-11-18T09:36:00Z", reading)).toBe("Today 09:36");
    expect(shortDate("2026-11-16T14:22:00Z", reading)).toBe("Mon 14:22");
    expect(shortDate("2026-11-11T14:22:00Z", reading)).toBe("11 Nov 2026");
    expect(shortDate("2026-11-18T09:36:00Z", { ...reading, inSentence: true })).toBe("today 09:36");
  });

  it("tell the time as the system does", () => {
    const text = shortDate("2026-11-18T09:36:00Z", { ...reading, locale: "en-US" });
    expect(text.replaceAll(/\s/g, " ")).toBe("Today 9:36 AM");
  });

  it("change at midnight of the zone they are read in", () => {
    expect(shortDate("2026-11-18T01:00:00Z", { ...reading, timeZone: "America/Los_Angeles" })).toBe("Tue 17:00");
  });

  it("in the future are written out", () => {
    expect(shortDate("2026-11-20T09:00:00Z", reading)).toBe("20 Nov 2026");
  });

  it("that are none are a dash", () => {
    expect(shortDate("", reading)).toBe("–");
  });

  it("in full name the day of the week", () => {
    expect(fullDate("2026-11-16T14:22:00Z", reading)).toBe("Mon, 16 Nov 2026, 14:22");
    expect(exactTime("2026-11-16T08:52:04.130Z", reading)).toMatch(/^08:52:04[.,]1$/);
  });

  it("of a moment ago are told as a distance", () => {
    const now = new Date("2026-11-18T10:00:10Z");
    expect(ago("2026-11-18T10:00:09Z", now)).toBe("just now");
    expect(ago("2026-11-18T10:00:02Z", now)).toBe("8 s ago");
    expect(ago("2026-11-18T09:58:00Z", now)).toBe("2 min ago");
    expect(span(8.2)).toBe("9 seconds");
    expect(span(0)).toBe("1 second");
    expect(span(600)).toBe("10 minutes");
  });

  it.each([
    [0, "1 second"],
    [89.4, "89 seconds"],
    [95, "2 minutes"],
    [3570, "1 hour"],
    [3599, "1 hour"],
    [3600, "1 hour"],
    [3601, "1 hour"],
    [3700, "62 minutes"],
    [5400, "90 minutes"],
    [7201, "2 hours"],
    [10_801, "3 hours"],
    [9100, "3 hours"],
  ])("of two clocks differ by the nearest: %d", (seconds, words) => {
    expect(difference(seconds)).toBe(words);
  });
});

describe("the locale of formats", () => {
  it("is the system's region in the language of the words", () => {
    expect(formatLocale("en-GB")).toBe("en-GB");
    expect(formatLocale("de-DE")).toBe("en-DE");
    expect(formatLocale("de")).toBe("en-DE");
    expect(formatLocale("not a locale")).toBe("en-US");
  });
});

describe("words", () => {
  it("count", () => {
    expect(t("orders.count", { n: 1 })).toBe("1 order");
    expect(t("orders.count", { n: 48102 })).toMatch(/^48.?102 orders$/);
  });
});
