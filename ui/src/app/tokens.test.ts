import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const sheets = ["tokens.css", "contrast.css"].map((name) => readFileSync(`src/app/${name}`, "utf8"));

const stores = [null, "fjord", "heather", "berry", "rust", "ochre", "moss", "slate"] as const;
const themes = ["light", "dark"] as const;

type Tokens = ReadonlyMap<string, string>;

/** The tokens a root element with these attributes has; later sheets and closer selectors win. */
function tokensFor(worn: Record<string, string | null>): Tokens {
  const tokens = new Map<string, string>();
  for (const sheet of sheets) {
    const plain = sheet.replaceAll(/\/\*[^]*?\*\//g, "").split("@media")[0] ?? "";
    const blocks = [...plain.matchAll(/:root((?:\[[^\]]+\])*)\s*\{([^}]*)\}/g)].map(([, selector = "", body = ""]) => ({
      wants: [...selector.matchAll(/\[data-([a-z]+)="([a-z]+)"\]/g)].map(([, name = "", value = ""]) => [name, value] as const),
      body,
    }));
    const fitting = blocks.filter(({ wants }) => wants.every(([name, value]) => worn[name] === value));
    for (const { body } of fitting.toSorted((one, other) => one.wants.length - other.wants.length)) {
      for (const [, name = "", value = ""] of body.matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)) tokens.set(name, value.trim());
    }
  }
  return tokens;
}

function color(tokens: Tokens, name: string): number[] {
  const value = tokens.get(name) ?? "";
  const other = /^var\(--([a-z0-9-]+)\)$/.exec(value)?.[1];
  if (other) return color(tokens, other);
  const hex = /^#([0-9a-f]{6})$/.exec(value)?.[1];
  if (!hex) throw new Error(`--${name} is no color: ${value}`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

/** Source: WCAG 2.2, "relative luminance". */
function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(tokens: Tokens, one: string, other: string): number {
  const [less = 0, more = 0] = [luminance(color(tokens, one)), luminance(color(tokens, other))].toSorted((a, b) => a - b);
  return (more + 0.05) / (less + 0.05);
}

const grounds = ["frame", "pane", "pane-sunken", "pane-control", "pane-raised", "pane-hover", "accent-wash"];
const meanings = ["ok", "warn", "bad", "info", "back"];

const words: [string, string][] = [
  ...["ink", "ink-2", "ink-3", "accent"].flatMap((word) => grounds.map((ground): [string, string] => [word, ground])),
  ...meanings.flatMap((word) => ["pane", "pane-raised", "pane-hover"].map((ground): [string, string] => [word, ground])),
  ...["ok", "warn", "bad", "info"].flatMap((word): [string, string][] => [
    [word, `${word}-wash`],
    ["ink", `${word}-wash`],
    ["ink-2", `${word}-wash`],
  ]),
  ["ink", "pane-active"],
  ["ink-2", "pane-active"],
  ["ink", "accent-wash-2"],
  ["ink", "edited"],
  ["ink-2", "edited"],
  ["on-accent", "accent-fill"],
  ["on-accent", "accent-fill-hover"],
  ["on-accent", "bad-fill"],
];

const marks: [string, string][] = [
  ...["ok-mark", "warn-mark", "bad-mark", "info-mark", "back-mark", "idle-mark", "rule-control", "ring"].flatMap((mark) =>
    ["pane", "pane-raised", "pane-hover", "accent-wash"].map((ground): [string, string] => [mark, ground]),
  ),
  ["edited-mark", "edited"],
  ...["spruce", "fjord", "heather", "berry", "rust", "ochre", "moss", "slate"].map((name): [string, string] => [
    `swatch-${name}`,
    "frame",
  ]),
];

describe.each(themes)("the %s theme", (theme) => {
  describe.each(stores)("with the accent %s", (store) => {
    const tooClose = (contrast: string | null, pairs: readonly [string, string][], least: number) => {
      const tokens = tokensFor({ theme, store, contrast });
      return pairs
        .map(([one, other]) => [one, other, ratio(tokens, one, other)] as const)
        .filter(([, , found]) => found < least)
        .map(([one, other, found]) => `${one} on ${other}: ${found.toFixed(2)}`);
    };

    it("can be read: words 4.5, marks and edges 3", () => {
      expect(tooClose(null, words, 4.5)).toEqual([]);
      expect(tooClose(null, marks, 3)).toEqual([]);
    });

    it("in high contrast reads as well as it can: words 7, marks and edges 4.5, lines 3", () => {
      expect(tooClose("high", words, 7)).toEqual([]);
      expect(tooClose("high", marks, 4.5)).toEqual([]);
      const lines: [string, string][] = ["rule-soft", "rule", "rule-strong"].map((line) => [line, "pane"]);
      expect(tooClose("high", lines, 3)).toEqual([]);
    });
  });
});
