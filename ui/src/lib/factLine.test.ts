import { describe, expect, it } from "vitest";
import { factLine } from "./factLine";

describe("a line of facts", () => {
  it("is broken between facts only, unless one is long", () => {
    const long = "a company whose name is longer than any date is";
    expect(factLine(["Shipped Jul 30, 2026", "", null, "2 items", long])).toBe(
      `Shipped\u00a0Jul\u00a030,\u00a02026 · 2\u00a0items · ${long}`,
    );
  });
});
