import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { reached } from "./stages";

const at = (name: string) => performance.getEntriesByName(`stockroom.${name}`, "mark").map(({ startTime }) => startTime);

it("notes how far the start has come, from the moment on at which it is loaded", () => {
  reached("run");
  const [begun] = at("begun");
  const [run] = at("run");
  expect(begun).toBeTypeOf("number");
  expect(run).toBeGreaterThanOrEqual(begun!);
});

it("is what the window loads before anything else", () => {
  const main = readFileSync("src/main.tsx", "utf8");
  expect(main.split("\n")[0]).toBe('import { reached } from "./lib/stages";');
});
