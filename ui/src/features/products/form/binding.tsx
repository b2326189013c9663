import type { ReactNode } from "react";
import type { WasProps } from "../../../components/Was";
import { t } from "../../../i18n";
import { money } from "../../../lib/money";
import { Meanwhile } from "./Meanwhile";
import type { ProductForm } from "./useProductForm";
import { type FieldName, type Values, shownAs } from "./values";

/** Where a field of the form is found in the document. */
export const fieldId = (name: FieldName) => `product-${name}`;

/** What its label says, where it stands alone. */
const nameWords = {
  name: "preview.field.name",
  sku: "preview.field.sku",
  isDigital: "preview.field.productKind",
  isVisible: "preview.field.visible",
  price: "preview.field.price",
  salePrice: "preview.field.salePrice",
  costPrice: "preview.field.costPrice",
  weight: "preview.field.weight",
  description: "preview.field.description",
  inventoryTracking: "preview.field.inventoryTracking",
  inventoryLevel: "preview.field.inventoryLevel",
} as const satisfies Record<FieldName, string>;

/** A field's name, away from the field. */
export const fieldWords = (name: FieldName) => t(nameWords[name]);

const isAmount: ReadonlySet<FieldName> = new Set(["price", "salePrice", "costPrice"]);

/** A field's value in the store, in words; `null` where it is too long for a line. */
export function storeWords(form: ProductForm, name: FieldName): string | null {
  const value = form.store[name];
  if (name === "description") return null;
  if (name === "isVisible") return t(value ? "value.visible" : "value.hidden");
  if (name === "isDigital") return t(value ? "value.digital" : "value.physical");
  if (name === "inventoryTracking") return t(`value.tracking.${form.store.inventoryTracking}`);
  const shown = String(shownAs(name, value as Values[typeof name], form.currency));
  if (shown === "") return t("common.empty");
  return isAmount.has(name) ? money({ amount: String(value), currency: form.currency }) : shown;
}

/** The mark of a changed field, with the way back; nothing where it says what the store says. */
export function changedMark(form: ProductForm, name: FieldName, isNew: boolean): WasProps | null {
  if (isNew || !form.field(name).changed) return null;
  return {
    was: storeWords(form, name) ?? t("form.description.other"),
    onUndo: () => form.takeBack(name),
  };
}

/** Whether a field can be typed in as things stand: a level only where stock is counted by it. */
export const takesTyping = (form: ProductForm, name: FieldName) =>
  name !== "inventoryLevel" || form.field("inventoryTracking").typed === "product";

/** What stands below a field that somebody else has changed as well. */
export function meanwhile(form: ProductForm, name: FieldName): ReactNode {
  const { meanwhile: theirs, store } = form.field(name);
  if (!theirs) return null;
  return (
    <Meanwhile
      now={storeWords(form, name)}
      text={String(store)}
      onTake={() => form.takeBack(name)}
      onKeep={() => form.stayWithMine(name)}
    />
  );
}
