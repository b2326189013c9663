import { describe, expect, it } from "vitest";
import { fieldWords } from "./fieldWords";

describe("a field's name in the API", () => {
  it.each([
    ["display_name", "Display name"],
    ["staff_notes", "Staff notes"],
    ["custom_url.url", "Custom URL, URL"],
    ["images.0.image_url", "Images 1, image URL"],
    ["0.meta_keywords", "Meta keywords"],
    ["variants.11.option_values.0.label", "Variants 12, option values 1, label"],
    ["productTaxCode", "Product tax code"],
    ["name", "Name"],
    ["sku", "SKU"],
    [".customer_create", "Customer create"],
    ["3", "3"],
    ["", ""],
  ])("is read as words: %s", (path, words) => {
    expect(fieldWords(path)).toBe(words);
  });
});
