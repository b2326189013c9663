import { t } from "../../../i18n";
import { compareDecimals, placesOf, writeDecimal } from "../../../lib/decimals";
import { type FieldName, type Typed, isNumber, meant } from "./values";

// BigCommerce's own limits; the backend holds to the same ones.
const longest: Partial<Record<FieldName, number>> = { name: 250, sku: 255 };
const mostAmount = "9999999999";
const mostPlaces = 4;
const mostPieces = "2147483647";

/** What is wrong with what was typed in a field and what to do about it, or `null` if the store will take it. */
export function problemOf(field: FieldName, typed: Typed): string | null {
  if (typeof typed !== "string") return null;
  const most = longest[field];
  if (most !== undefined) return textProblem(field, typed.trim(), most);
  return isNumber(field) ? numberProblem(field, typed) : null;
}

function textProblem(field: FieldName, text: string, most: number): string | null {
  const length = [...text].length;
  if (field === "name" && length === 0) return t("product.problem.noName");
  return length > most ? t("product.problem.tooLong", { most, n: length }) : null;
}

function numberProblem(field: FieldName, typed: string): string | null {
  const isPieces = field === "inventoryLevel";
  if (typed.trim() === "") {
    if (field === "price") return t("product.problem.noPrice");
    return isPieces ? t("product.problem.noLevel") : null;
  }
  const number = meant(field, typed);
  if (typeof number !== "string") {
    return isPieces
      ? t("product.problem.notWhole")
      : t("product.problem.notAmount", { example: writeDecimal("19.99", 2) });
  }
  if (compareDecimals(number, "0") < 0) return t("product.problem.below");
  const most = isPieces ? mostPieces : mostAmount;
  if (compareDecimals(number, most) > 0) return t("product.problem.above", { most: writeDecimal(most) });
  if (isPieces && placesOf(number) > 0) return t("product.problem.notWhole");
  return placesOf(number) > mostPlaces ? t("product.problem.places", { most: mostPlaces }) : null;
}
