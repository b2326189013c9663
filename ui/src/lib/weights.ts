import { t } from "../i18n";
import type { WeightUnit } from "../ipc/bindings";
import { writeDecimal } from "./decimals";

/** A weight as a person reads it, such as `0.91 kg`; without a unit where the store hasn't named it. */
export function weight(number: string, unit: WeightUnit | null): string {
  const written = writeDecimal(number);
  return unit === null ? written : t("weight.in", { weight: written, unit: t(`weight.unit.${unit}`) });
}

/** The name of the field, with the unit that is typed into it where that is known. */
export function weightLabel(unit: WeightUnit | null): string {
  return unit === null ? t("form.weight") : t("form.weight.in", { unit: t(`weight.unit.${unit}`) });
}
