import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";

const read = (file: string) => readFileSync(file, "utf8").replaceAll(/\/\*[^]*?\*\//g, "");
const order = /@layer ([\w\s,-]+);/;

it("the order of the layers is said by the page's first style sheet, and holds for every other", () => {
  const page = readFileSync("index.html", "utf8");
  // Sheets of the code are put behind what is in the page already.
  expect(page.match(/rel="stylesheet" href="([^"]+)"/)?.[1]).toBe("/first-frame.css");
  const layers = order.exec(read("public/first-frame.css"))?.[1]?.split(",").map((name) => name.trim());
  expect(layers?.[0]).toBe("reset");
  const sheets = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"));
  expect(sheets.length).toBeGreaterThan(40);
  for (const sheet of sheets) {
    const text = read(`src/${sheet}`);
    expect(order.test(text), sheet).toBe(false);
    for (const [, name] of text.matchAll(/@layer ([\w-]+) *\{/g)) expect(layers, sheet).toContain(name);
  }
});

it("no sheet names a size of text: whoever enlarges the tokens enlarges all", () => {
  const sheets = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".module.css"));
  for (const sheet of sheets) {
    const named = read(`src/${sheet}`).match(/(?<![\w-])(?:font-size:.*|(?:font|line-height):[^;]*px)/g) ?? [];
    expect(named, sheet).toEqual([]);
  }
});
