import type { FieldName } from "./values";

/** The sections of the form, with the fields in each. */
export const sections = [
  { id: "basic", fields: ["name", "sku", "isDigital", "isVisible"] },
  { id: "pricing", fields: ["price", "salePrice", "costPrice"] },
  { id: "inventory", fields: ["inventoryTracking", "inventoryLevel"] },
  { id: "weight", fields: ["weight"] },
  { id: "description", fields: ["description"] },
] as const satisfies readonly { id: string; fields: readonly FieldName[] }[];

/** The name of a section. */
export type SectionId = (typeof sections)[number]["id"];

/** Where a section is found in the document. */
export const sectionId = (id: SectionId) => `form-${id}`;
