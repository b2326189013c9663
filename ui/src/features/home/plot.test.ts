import { describe, expect, it } from "vitest";
import { linesFor, namedBars } from "./plot";

describe("a plot's lines", () => {
  it("stand at round figures from nothing to just above the greatest", () => {
    expect(linesFor(9180.2)).toEqual([0, 2500, 5000, 7500, 10_000]);
    expect(linesFor(8000)).toEqual([0, 2000, 4000, 6000, 8000]);
    expect(linesFor(0.37)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(linesFor(0)).toEqual([0, 1]);
  });

  it("hold every length, and waste at most half of the room", () => {
    for (let length = 0.01; length < 1e9; length *= 1.37) {
      const lines = linesFor(length);
      const top = lines.at(-1) ?? 0;
      expect(top).toBeGreaterThanOrEqual(length * 0.99999);
      expect(top).toBeLessThanOrEqual(length * 2);
      expect(lines.length).toBeGreaterThanOrEqual(3);
      expect(lines.length).toBeLessThanOrEqual(6);
    }
  });
});

describe("the names below a plot", () => {
  it("are a week apart where there are many bars, and always end with the last", () => {
    expect([...namedBars(30)].toSorted((a, b) => a - b)).toEqual([1, 8, 15, 22, 29]);
    expect(namedBars(12).size).toBe(12);
    expect(namedBars(7).size).toBe(7);
  });
});
