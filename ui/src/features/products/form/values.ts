import { compareDecimals, currencyPlaces, readDecimal, writeDecimal } from "../../../lib/decimals";
import { plainLines } from "../../../lib/lines";

/** What the form edits of a product. Amounts and numbers are decimal text with a point. */
export type Values = {
  /** Name. */
  name: string;
  /** SKU, or empty. */
  sku: string;
  /** What is downloaded, not shipped. */
  isDigital: boolean;
  /** Price. */
  price: string;
  /** Sale price; 0 for none. */
  salePrice: string;
  /** Cost; 0 for none. */
  costPrice: string;
  /** Weight. */
  weight: string;
  /** Shown on the storefront. */
  isVisible: boolean;
  /** Description, HTML to the byte. */
  description: string;
  /** How stock is counted. */
  inventoryTracking: Tracking;
  /** Pieces in stock. */
  inventoryLevel: string;
};

/** How a product's stock is counted. */
export type Tracking = "none" | "product" | "variant";

/** A field of the form. */
export type FieldName = keyof Values;

/** What was typed or chosen in a field: text as it was typed, also where it is no amount (yet). */
export type Typed<F extends FieldName = FieldName> = Values[F];

/** What a new product is until somebody says otherwise: hidden, physical, weighing nothing, not counted. */
export const newProduct: Values = {
  name: "",
  sku: "",
  isDigital: false,
  price: "",
  salePrice: "0",
  costPrice: "0",
  weight: "0",
  isVisible: false,
  description: "",
  inventoryTracking: "none",
  inventoryLevel: "0",
};

/** Every field, in the order of the form. */
export const fieldNames = [
  "name",
  "sku",
  "isDigital",
  "isVisible",
  "price",
  "salePrice",
  "costPrice",
  "inventoryTracking",
  "inventoryLevel",
  "weight",
  "description",
] as const satisfies readonly FieldName[];

const amounts: ReadonlySet<FieldName> = new Set(["price", "salePrice", "costPrice", "weight", "inventoryLevel"]);
const zeroIsNone: ReadonlySet<FieldName> = new Set(["salePrice", "costPrice"]);

/** True for fields that hold a number. */
export function isNumber(field: FieldName): boolean {
  return amounts.has(field);
}

/** The value as the field shows it before anybody typed. */
export function shownAs<F extends FieldName>(field: F, value: Values[F], currency: string): Typed<F> {
  if (typeof value !== "string" || !isNumber(field) || value === "") return value;
  if (zeroIsNone.has(field) && compareDecimals(value, "0") === 0) return "" as Typed<F>;
  const isMoney = field !== "weight" && field !== "inventoryLevel";
  return writeDecimal(value, isMoney ? currencyPlaces(currency) : 0) as Typed<F>;
}

/** The value that is meant by what was typed; `null` if it is no number where one has to stand. */
export function meant<F extends FieldName>(field: F, typed: Typed<F>): Values[F] | null {
  if (typeof typed !== "string") return typed;
  if (field === "name" || field === "sku") return typed.trim() as Values[F];
  if (!isNumber(field)) return typed;
  // An empty price is a missing one; the other amounts have a zero to mean none.
  if (typed.trim() === "") return (field === "price" || field === "inventoryLevel" ? "" : "0") as Values[F];
  const number = readDecimal(typed);
  // Pieces are written without a point.
  return (field === "inventoryLevel" ? number?.replace(/\.0*$/, "") ?? null : number) as Values[F] | null;
}

/** Whether two values of a field are one and the same to a person and to the store. */
export function same<F extends FieldName>(field: F, one: Values[F] | null, other: Values[F] | null): boolean {
  if (one === null || other === null) return one === other;
  if (typeof one !== "string" || typeof other !== "string") return one === other;
  if (field === "name" || field === "sku") return one.trim() === other.trim();
  if (field === "description") return plainLines(one) === plainLines(other);
  if (!isNumber(field)) return one === other;
  if (one === "" || other === "") return one === other;
  return compareDecimals(one, other) === 0;
}
