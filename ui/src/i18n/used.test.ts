import { expect, it } from "vitest";
import { en } from "./en";

const sources: Record<string, string> = import.meta.glob(["../**/*.{ts,tsx}", "!../i18n/en/**", "!../**/*.test.*"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** A template that makes names of words, as what it can make. */
const made = (template: string) =>
  new RegExp(`^${template.replaceAll(".", "\\.").replaceAll(/\$\{[^}]*\}/g, ".+")}$`);

it("every word is used somewhere", () => {
  const text = Object.values(sources).join("\n");
  const named = new Set([...text.matchAll(/"([A-Za-z]\w*(?:\.\w+)+)"/g)].map(([, name]) => name));
  const patterns = [...text.matchAll(/`((?:[\w.]|\$\{[^}]*\})+)`/g)]
    .map(([, template]) => template ?? "")
    .filter((template) => template.includes("${") && template.includes("."))
    .map(made);
  const unused = Object.keys(en).filter((name) => !named.has(name) && !patterns.some((one) => one.test(name)));
  expect(unused).toEqual([]);
});
