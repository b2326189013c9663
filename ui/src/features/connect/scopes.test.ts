import { describe, expect, it } from "vitest";
import { scopeTable } from "../../ipc/bindings";
import { scopeWords } from "./scopes";

const asked = [...scopeTable.presets.flatMap(({ scopes }) => scopes), ...scopeTable.storefront];
const levels = new Map(asked.map(({ scope, level }) => [`${scope} ${level}`, { scope, level }]));

describe("the words about scopes", () => {
  it.each([...levels.values()])("say of $scope, $level, what it unlocks, why, and what stays off without it", ({ scope, level }) => {
    const { what, why, without } = scopeWords(scope, level) ?? { what: "", why: "", without: "" };
    for (const words of [what, why, without]) {
      expect(words).toMatch(/\w/);
      // A key would be shown as it is.
      expect(words).not.toMatch(/^scope\./);
    }
  });

  it("are others for each level that is asked for", () => {
    const said = [...levels.values()].map(({ scope, level }) => scopeWords(scope, level)?.what);
    expect(new Set(said).size).toBe(levels.size);
  });
});
