import { describe, expect, it } from "vitest";
import {
  type Draft,
  changedFields,
  fieldState,
  noDraft,
  readDraft,
  stayWithMine,
  takeBack,
  type,
  wantedValues,
  writeDraft,
} from "./draft";
import { problemOf } from "./problems";
import { type FieldName, type Values, newProduct, shownAs } from "./values";

const jacket: Values = {
  name: "Fjell Shell Jacket",
  sku: "NF-FJL",
  isDigital: false,
  price: "319.0000",
  salePrice: "0.0000",
  costPrice: "141.0000",
  weight: "0.5200",
  isVisible: true,
  description: "<p>One</p>\r\n<p>Two\u00a0</p>\r\n",
  inventoryTracking: "product",
  inventoryLevel: "41",
};

const typing = (...keys: [FieldName, string | boolean][]): Draft =>
  keys.reduce((draft, [field, typed]) => type(draft, jacket, field, typed as never), noDraft);
const wanted = (draft: Draft, store = jacket) => wantedValues(draft, store, "USD");

describe("what was typed over a product", () => {
  it("is shown as a person writes it, and nothing is changed by looking", () => {
    expect(shownAs("price", jacket.price, "USD")).toBe("319.00");
    expect(shownAs("salePrice", jacket.salePrice, "USD")).toBe("");
    expect(shownAs("weight", jacket.weight, "USD")).toBe("0.52");
    expect(shownAs("price", "1200", "JPY")).toBe("1,200");
    expect(changedFields(noDraft, jacket, "USD")).toEqual([]);
    expect(wanted(noDraft)).toEqual({});
  });

  it("is a change only where it means something else", () => {
    const draft = typing(["price", "319"], ["sku", " NF-FJL "], ["salePrice", "0,00"], ["weight", ".52"]);
    expect(changedFields(draft, jacket, "USD")).toEqual([]);
    expect(writeDraft(draft, jacket, "USD")).toBeNull();
    // The keys stay as they were typed all the same.
    expect(fieldState(draft, jacket, "price", "USD").typed).toBe("319");
  });

  it("is sent field by field, exactly", () => {
    const draft = typing(["price", "329,5"], ["salePrice", ""], ["name", " Fjell 3L "], ["isVisible", false], ["inventoryLevel", "1,024.0"]);
    expect(wanted(draft)).toEqual({ price: "329.5", name: "Fjell 3L", isVisible: false, inventoryLevel: "1024" });
  });

  it("leaves a description alone to the byte unless it says something else", () => {
    const plain = jacket.description.replaceAll("\r\n", "\n");
    expect(changedFields(typing(["description", plain]), jacket, "USD")).toEqual([]);
    expect(wanted(typing(["description", `${jacket.description}!`]))).toEqual({ description: `${jacket.description}!` });
  });

  it("comes back as it was, half an amount included", () => {
    const draft = typing(["price", "12,"], ["name", ""]);
    expect(readDraft(writeDraft(draft, jacket, "USD"))).toEqual(draft);
    expect(wanted(typing(["price", "about 12"]))).toBeNull();
  });

  it.each(["", "{", "null", "[]", '{"fields":7}', '{"fields":{"price":{"typed":7,"base":"1"},"isVisible":"no"}}'])(
    "that can't be read is no draft: %s",
    (text) => {
      expect(readDraft(text)).toEqual(noDraft);
    },
  );

  it("can be taken back field by field", () => {
    const draft = typing(["price", "329"], ["name", "Other"]);
    expect(wanted(takeBack(draft, "price"))).toEqual({ name: "Other" });
  });
});

describe("a product that somebody else changes meanwhile", () => {
  const draft = typing(["price", "329"], ["name", "Other"]);
  const theirs = { ...jacket, price: "325.00" };

  it("is said beside the field, and what was typed stays", () => {
    expect(fieldState(draft, theirs, "price", "USD")).toMatchObject({ typed: "329", meanwhile: true, store: "325.00" });
    expect(fieldState(draft, theirs, "name", "USD").meanwhile).toBe(false);
  });

  it("in the very same way leaves nothing to change", () => {
    expect(changedFields(draft, { ...jacket, price: "329.00" }, "USD")).toEqual(["name"]);
  });

  it("can be overruled, or followed", () => {
    const mine = stayWithMine(draft, theirs, "price");
    expect(fieldState(mine, theirs, "price", "USD")).toMatchObject({ meanwhile: false, changed: true });
    const followed = takeBack(draft, "price");
    expect(fieldState(followed, theirs, "price", "USD")).toMatchObject({ typed: "325.00", changed: false });
  });
});

const umlauts = (length: number) => "ä".repeat(length);

describe("what the store would refuse", () => {
  it.each([
    ["name", "", "A product needs a name."],
    ["name", "   ", "A product needs a name."],
    ["name", umlauts(250), null],
    ["name", umlauts(251), "At most 250 characters. This has 251."],
    ["sku", "x".repeat(255), null],
    ["sku", "x".repeat(256), "At most 255 characters. This has 256."],
    ["sku", "", null],
    ["price", "", "A product needs a price. It may be 0."],
    ["price", "0", null],
    ["price", "-1", "It can’t be below 0."],
    ["price", "abc", "That is no amount. Write it like 19.99."],
    ["price", "1.23456", "At most 4 decimals."],
    ["price", "9,999,999,999.0000", null],
    ["price", "9999999999.01", "At most 9,999,999,999."],
    ["salePrice", "", null],
    ["costPrice", "12,50", null],
    ["weight", "", null],
    ["weight", "-0.1", "It can’t be below 0."],
    ["inventoryLevel", "", "Say how many there are. It may be 0."],
    ["inventoryLevel", "1.5", "A whole number, such as 12."],
    ["inventoryLevel", "12.0", null],
    ["inventoryLevel", "2147483648", "At most 2,147,483,647."],
  ] as const)("%s “%s”: %s", (field, typed, problem) => {
    expect(problemOf(field, typed)).toBe(problem);
  });
});

it("a new product is hidden, physical and not counted until somebody says otherwise", () => {
  expect(newProduct).toMatchObject({ isVisible: false, isDigital: false, inventoryTracking: "none", weight: "0" });
  expect(changedFields(type(noDraft, newProduct, "price", ""), newProduct, "USD")).toEqual([]);
});

it("a stock level counts only where stock is counted by it", () => {
  const draft = typing(["inventoryTracking", "none"], ["inventoryLevel", "9"]);
  expect(changedFields(draft, jacket, "USD")).toEqual(["inventoryTracking"]);
  expect(wanted(draft)).toEqual({ inventoryTracking: "none" });
});
