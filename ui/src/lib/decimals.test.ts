import { describe, expect, it } from "vitest";
import {
  compareDecimals,
  currencyPlaces,
  currencySign,
  minus,
  percentOf,
  placesOf,
  readDecimal,
  writeDecimal,
  writePercent,
} from "./decimals";

describe("an amount as people type it", () => {
  it.each([
    ["19.99", "19.99"],
    ["19,99", "19.99"],
    ["1,234", "1234"],
    ["1,234.50", "1234.50"],
    ["1.234,50", "1234.50"],
    ["12,34,567.8", "1234567.8"],
    ["1,234,567", "1234567"],
    ["1.234.567", "1234567"],
    ["0,123", "0.123"],
    ["0.123", "0.123"],
    ["$ 19.99", "19.99"],
    ["19.99 $", "19.99"],
    ["USD 19.99", "19.99"],
    ["19.99 USD", "19.99"],
    [" 1 234.5 ", "1234.5"],
    ["1\u202f234,5", "1234.5"],
    ["1’234.50", "1234.50"],
    ["007", "7"],
    [".5", "0.5"],
    ["5.", "5"],
    ["-3", "-3"],
    ["\u22123.10", "-3.10"],
    ["-0.00", "0.00"],
    ["１９．９９", "19.99"],
    ["١٩٫٩٩", "19.99"],
    ["9007199254740993.01", "9007199254740993.01"],
  ])("in the United States: %s is %s", (typed, amount) => {
    expect(readDecimal(typed, "en-US")).toBe(amount);
  });

  it.each([
    ["19,99", "19.99"],
    ["1.234", "1234"],
    ["1.234,50", "1234.50"],
    ["1,234.50", "1234.50"],
    ["19.99", "19.99"],
    ["1.234.567,8", "1234567.8"],
    ["19,999", "19.999"],
    ["12,50 €", "12.50"],
  ])("in Germany: %s is %s", (typed, amount) => {
    expect(readDecimal(typed, "en-DE")).toBe(amount);
  });

  it.each(["", " ", "$", "abc", "1.2.3", "1,23,4", "1,2,3.4", "12a", "1e5", "--1", "1-2", ".", "1,234.5.6", "0,123,456"])(
    "“%s” is none",
    (typed) => {
      expect(readDecimal(typed, "en-US")).toBeNull();
    },
  );

  it("is read again as it was written, digit for digit, wherever one is", () => {
    const amounts = ["0", "0.01", "0.0001", "7", "999", "1000", "12345.6", "1234567.89", "9999999999.9999", "90071992547409931"];
    for (const locale of ["en-US", "en-GB", "en-DE", "en-FR", "en-CH", "en-IN", "en-SE", "en-JP", "en-ZA", "de", "fr", "ar-EG"]) {
      for (const amount of amounts) {
        for (const places of [0, 2, 3]) {
          const read = readDecimal(writeDecimal(amount, places, locale), locale);
          expect(read === null ? null : compareDecimals(read, amount), `${amount} in ${locale}`).toBe(0);
        }
      }
    }
  });
});

describe("decimal text", () => {
  it("is written by the locale, with the places its currency has and no more zeros", () => {
    expect(writeDecimal("1234.5", 2, "en-US")).toBe("1,234.50");
    expect(writeDecimal("1234.5000", 2, "en-US")).toBe("1,234.50");
    expect(writeDecimal("1234.5675", 2, "en-US")).toBe("1,234.5675");
    expect(writeDecimal("1234", 0, "en-DE")).toBe("1.234");
    expect(writeDecimal("0.5", 0, "en-DE")).toBe("0,5");
    expect(writeDecimal("12,", 2, "en-US")).toBe("12,");
  });

  it("of a hundred has its sign where the locale puts it", () => {
    expect(writePercent("58.3", 1, "en-US")).toBe("58.3%");
    expect(writePercent("6.0000", 0, "en-US")).toBe("6%");
    expect(writePercent("-7.5", 1, "en-DE")).toMatch(/^\u22127,5\s?%$/);
  });

  it("compares and subtracts exactly", () => {
    expect(compareDecimals("12.5", "12.50")).toBe(0);
    expect(compareDecimals("0.1", "0.10000000000000000001")).toBeLessThan(0);
    expect(compareDecimals("-1", "1")).toBeLessThan(0);
    expect(minus("329.00", "148.5")).toBe("180.50");
    expect(minus("0.3", "0.1")).toBe("0.2");
    expect(minus("1", "1.01")).toBe("-0.01");
    expect(placesOf("1.2300")).toBe(2);
    expect(placesOf("1")).toBe(0);
  });

  it("is a part of another in percent", () => {
    expect(percentOf("180.50", "329.00")).toBe("54.9");
    expect(percentOf("1", "3")).toBe("33.3");
    expect(percentOf("2", "3")).toBe("66.7");
    expect(percentOf("-1", "4")).toBe("-25.0");
    expect(percentOf("0.01", "10000")).toBe("0.0");
    expect(percentOf("1", "0")).toBeNull();
  });
});

it("a currency has its own places and sign", () => {
  expect(currencyPlaces("USD")).toBe(2);
  expect(currencyPlaces("JPY")).toBe(0);
  expect(currencyPlaces("KWD")).toBe(3);
  expect(currencyPlaces("")).toBe(2);
  expect(currencySign("USD", "en-CA")).toBe("$");
  expect(currencySign("EUR", "en-US")).toBe("€");
  expect(currencySign("", "en-US")).toBe("");
});
