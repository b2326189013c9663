import { describe, expect, it } from "vitest";
import { scopeTable } from "../../ipc/bindings";
import { scopeWords } from "./scopes";

const asked = [...scopeTable.presets.flatMap(({ scopes }) => scopes), ...scopeTable.storefront];
const levels = new Map(asked.map((one) => [`${one.scope} ${one.level}`, one]));

describe("the words about scopes", () => {
  it.each([...levels.values()])("say of $scope, $level, what it unlocks, why, and what stays off without it", ({ unlocks }) => {
    expect(unlocks).not.toEqual([]);
    const { what, why, without } = scopeWords(unlocks) ?? { what: "", why: "", without: "" };
    for (const words of [what, why, without]) {
      expect(words).toMatch(/\w/);
      // A key would be shown as it is.
      expect(words).not.toMatch(/^scope\./);
    }
  });

  it("are others for each level that is asked for", () => {
    const said = [...levels.values()].map(({ unlocks }) => scopeWords(unlocks)?.what);
    expect(new Set(said).size).toBe(levels.size);
  });
});
