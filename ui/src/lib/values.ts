import { t } from "../i18n";
import type { Field, FieldValue } from "../ipc/bindings";
import { money } from "./money";
import { weight } from "./weights";

/** A field's value in words; an empty text where there is none. */
export function valueText(field: Field, value: FieldValue | null): string {
  if (value === null) return "";
  switch (value.kind) {
    case "text":
      return value.text;
    case "status":
      return value.label;
    case "amount":
      // 0 is how the store writes that there is none.
      if ((field === "salePrice" || field === "costPrice") && !/[1-9]/.test(value.amount)) return t("value.none");
      return money({ amount: value.amount, currency: value.currency ?? "" });
    case "number":
      return value.unit === null ? value.number : weight(value.number, value.unit);
    case "flag":
      return t(value.on ? "value.visible" : "value.hidden");
    case "tracking":
      return t(`value.tracking.${value.tracking}`);
    case "productKind":
      return t(value.isDigital ? "value.digital" : "value.physical");
  }
}
