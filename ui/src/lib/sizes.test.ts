import { describe, expect, it } from "vitest";
import { size } from "./sizes";

describe("a size", () => {
  it.each([
    ["0", "0 bytes"],
    ["999", "999 bytes"],
    ["1000", "1 kB"],
    ["52734", "52.7 kB"],
    ["3400000", "3.4 MB"],
    ["123456789", "123 MB"],
    ["5000000000000", "5,000 GB"],
  ])("%s is said as %s", (bytes, words) => expect(size(bytes, "en-US")).toBe(words));
});
