import { describe, expect, it } from "vitest";
import { amountIn, moreThan, wholeMoney } from "./money";

describe("how much more an amount is than another", () => {
  it("is told in thousandths, exactly, however large they are", () => {
    expect(moreThan("30.00", "24.00")).toBe(250);
    expect(moreThan("24.00", "30.00")).toBe(-200);
    expect(moreThan("10", "10.0000")).toBe(0);
    expect(moreThan("100000000000000000000.01", "100000000000000000000.00")).toBe(0);
    expect(moreThan("90071992547409930", "90071992547409920")).toBe(0);
  });

  it("rounds half a thousandth away from zero", () => {
    expect(moreThan("2001", "2000")).toBe(1);
    expect(moreThan("1999", "2000")).toBe(-1);
    expect(moreThan("20009", "20000")).toBe(0);
  });

  it("is not told where there was nothing before, or what is no amount", () => {
    for (const before of ["0", "0.00", "-1", "", "n/a"]) expect(moreThan("5", before)).toBeNull();
    expect(moreThan("much", "5")).toBeNull();
  });
});

describe("an amount in one of several currencies", () => {
  it("is that one alone; nothing is converted", () => {
    const amounts = [
      { amount: "18.00", currency: "USD" },
      { amount: "3.50", currency: "EUR" },
    ];
    expect(amountIn(amounts, "EUR")).toEqual({ amount: "3.50", currency: "EUR" });
    expect(amountIn(amounts, "GBP")).toEqual({ amount: "0", currency: "GBP" });
  });
});

describe("the figure at a plot's line", () => {
  it("has decimals only where it needs them", () => {
    expect(wholeMoney({ amount: "8000", currency: "USD" }, "en-US")).toBe("$8,000");
    expect(wholeMoney({ amount: "2.5", currency: "USD" }, "en-US")).toBe("$2.50");
    expect(wholeMoney({ amount: "5", currency: "?" }, "en-US")).toBe("5");
  });
});
