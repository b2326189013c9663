import { describe, expect, it } from "vitest";
import { dayText, daysText, filterDays, readDay } from "./days";

describe("a day of a store's calendar", () => {
  it("is read only where it is one", () => {
    expect(readDay("2026-11-16")).toBe("2026-11-16");
    expect(readDay("2028-02-29")).toBe("2028-02-29");
    for (const text of [undefined, "", "2026-02-30", "2026-13-01", "16 Nov", "2026-11-16T00:00"]) {
      expect(readDay(text)).toBeNull();
    }
  });

  it("is the same day wherever it is read", () => {
    expect(dayText("2026-11-16", "week", "en-GB")).toMatch(/^Mon,? 16 Nov$/);
    expect(dayText("2026-11-01", "monthYear", "en-US")).toBe("November 2026");
    expect(daysText("2026-10-01", "2026-10-17", "short", "en-US")).toMatch(/^Oct 1\s–\s17$/);
    expect(daysText("2026-10-01", "2026-10-01", "short", "en-US")).toBe("Oct 1");
  });

  it("is said as a filter, and whose it is where that is not this computer's", () => {
    expect(filterDays("2026-11-16", "2026-11-16", "UTC")).toBe("Nov 16, 2026");
    expect(filterDays("2026-11-16", null, "UTC")).toBe("since Nov 16, 2026");
    expect(filterDays(null, "2026-11-16", "UTC")).toBe("until Nov 16, 2026");
    expect(filterDays("2026-11-16", null, "America/New_York")).toBe("since Nov 16, 2026, store’s time");
  });
});
