import { describe, expect, it } from "vitest";
import { type Stretch, compareTexts, piecesOf } from "./compareTexts";

const joined = (stretches: readonly Stretch[]) => stretches.map(({ text }) => text).join("");
const marked = (stretches: readonly Stretch[]) => stretches.filter(({ isChanged }) => isChanged).map(({ text }) => text);

/** Small numbers in an order that is always the same. */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
}
const bits = ["<p>", "</p>", "Oak ", "table. ", "\n", "<br>", "4 chairs; ", " ", "ÄÖ ", "</li>", "x".repeat(300)];

const long = (word: string) => Array.from({ length: 4000 }, (_, at) => `<p>${word} ${(at * 7919) % 4001}</p>`).join("");

describe("two texts side by side", () => {
  it("lose nothing of either, whatever they are", () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = numbers(seed);
      const text = () => Array.from({ length: next(30) }, () => bits[next(bits.length)]).join("");
      const [before, after] = [text(), text()];
      const pairs = compareTexts(before, after);
      expect(pairs.map((pair) => joined(pair.before)).join("")).toBe(before);
      expect(pairs.map((pair) => joined(pair.after)).join("")).toBe(after);
      for (const pair of pairs) {
        expect(pair.isChanged).toBe(joined(pair.before) !== joined(pair.after));
      }
    }
  });

  it("mark the words that differ, and nothing beside them", () => {
    const rest = "<p>Solid oak, oiled by hand.</p>";
    const pairs = compareTexts(`${rest}<p>Comes with 4 chairs.</p>${rest}`, `${rest}<p>Comes with 6 chairs.</p>${rest}`);
    expect(pairs.map(({ isChanged }) => isChanged)).toEqual([false, true, false]);
    expect(marked(pairs[1]?.before ?? [])).toEqual(["4"]);
    expect(marked(pairs[1]?.after ?? [])).toEqual(["6"]);
  });

  it("put what is new beside an empty place", () => {
    const pairs = compareTexts("one\ntwo\n", "one\nnew\ntwo\n");
    expect(pairs.map(({ before, after }) => [joined(before), joined(after)])).toEqual([
      ["one\n", "one\n"],
      ["", "new\n"],
      ["two\n", "two\n"],
    ]);
  });

  it("are cut where a block, a line or a sentence ends", () => {
    expect(piecesOf("<p>a</p><ul><li>b</li></ul>\nc")).toEqual(["<p>a</p>", "<ul><li>b</li>", "</ul>\n", "c"]);
    expect(piecesOf(`${"word ".repeat(50)}end. And more.`)).toHaveLength(2);
  });

  it("are not searched for ever for what a text that was rewritten has kept", () => {
    const pairs = compareTexts(long("old"), long("new"));
    expect(pairs).toHaveLength(4000);
    expect(pairs.every(({ isChanged }) => isChanged)).toBe(true);
  });
});
