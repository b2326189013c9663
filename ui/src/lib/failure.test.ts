import { describe, expect, it } from "vitest";
import { lastFailure } from "./failure";

const full = { submittedAt: 2, error: { code: "diskFull" } as const };
const locked = { submittedAt: 1, error: { code: "keychainLocked" } as const };

describe("of several things that were asked for", () => {
  it("the last one says how it stands, whichever it is", () => {
    expect(lastFailure(locked, full)).toEqual({ code: "diskFull" });
    expect(lastFailure(full, locked)).toEqual({ code: "diskFull" });
  });

  it("what went wrong before is over once something else has gone well", () => {
    expect(lastFailure(locked, { submittedAt: 3, error: null })).toBeNull();
  });

  it("what was never asked for says nothing", () => {
    expect(lastFailure({ submittedAt: 0, error: null }, locked)).toEqual({ code: "keychainLocked" });
  });
});
