import { ControlField } from "../../../components/ControlField";
import { HtmlField } from "../../../components/html/HtmlField";
import { MoneyField } from "../../../components/MoneyField";
import { NumberField } from "../../../components/NumberField";
import { SegmentedControl } from "../../../components/SegmentedControl";
import { Switch } from "../../../components/Switch";
import { TextButton } from "../../../components/TextButton";
import { TextField } from "../../../components/TextField";
import { t } from "../../../i18n";
import type { WeightUnit } from "../../../ipc";
import { count } from "../../../lib/counts";
import { compareDecimals, currencyPlaces, writeDecimal } from "../../../lib/decimals";
import { weightLabel } from "../../../lib/weights";
import { changedMark, fieldId, meanwhile } from "./binding";
import { Margin } from "./Margin";
import css from "./ProductForm.module.css";
import type { ProductForm } from "./useProductForm";
import type { FieldName, Tracking } from "./values";

/** Props of the form's sections. */
export type FieldsProps = {
  /** The form. */
  form: ProductForm;
  /** The product is not in the store yet. */
  isNew: boolean;
  /** It is sold in variants. */
  hasVariants: boolean;
  /** What the store weighs its products in; `null` where it hasn't said. */
  weightUnit: WeightUnit | null;
  /** Why a field can't be changed now. */
  offBecause: (name: FieldName) => string | null;
};

/** What every field to type in has in common. */
function typing({ form, isNew, offBecause }: FieldsProps, name: Exclude<FieldName, "isDigital" | "isVisible" | "inventoryTracking">) {
  const { typed, problem } = form.field(name);
  const off = offBecause(name);
  return {
    id: fieldId(name),
    value: typed,
    onChange: (next: string) => form.set(name, next),
    onBlur: () => form.leave(name),
    error: off ? null : problem,
    changed: off ? null : changedMark(form, name, isNew),
    isDisabled: off !== null,
    hint: off,
  };
}

/** Name, SKU, type, and whether the storefront shows it. */
export function BasicFields(props: FieldsProps) {
  const { form, isNew, offBecause } = props;
  const visibleOff = offBecause("isVisible");
  const visible = form.field("isVisible");
  return (
    <>
      <div className={css["row"]}>
        <div className={css["wide"]}>
          <TextField label={t("form.name")} isRequired {...typing(props, "name")} autoComplete="off" />
          {meanwhile(form, "name")}
        </div>
        <div>
          <TextField label={t("form.sku")} {...typing(props, "sku")} autoComplete="off" spellCheck="false" />
          {meanwhile(form, "sku")}
        </div>
      </div>
      <div className={css["row"]}>
        {isNew ? (
          <div className={css["half"]}>
          <ControlField label={t("form.kind")} hint={t("form.kind.hint")}>
            <SegmentedControl
              label={t("form.kind")}
              choices={[
                { value: "physical", label: t("form.kind.physical") },
                { value: "digital", label: t("form.kind.digital") },
              ]}
              value={form.field("isDigital").typed ? "digital" : "physical"}
              onChange={(kind) => form.set("isDigital", kind === "digital")}
            />
          </ControlField>
          </div>
        ) : null}
        <div className={css["half"]}>
          <ControlField
            label={t("form.visible")}
            hint={visibleOff ?? (isNew && !visible.typed ? t("form.visible.new") : null)}
            changed={visibleOff ? null : changedMark(form, "isVisible", isNew)}
          >
            <Switch
              id={fieldId("isVisible")}
              isSelected={visible.typed}
              isDisabled={visibleOff !== null}
              onChange={(on) => form.set("isVisible", on)}
            >
              {t("form.visible.on")}
            </Switch>
          </ControlField>
          {meanwhile(form, "isVisible")}
        </div>
      </div>
    </>
  );
}

/** The description: its source, and what it looks like. */
export function DescriptionFields(props: FieldsProps) {
  const { form, isNew } = props;
  const { hint, ...rest } = typing(props, "description");
  return (
    <>
      <HtmlField
        label={t("form.description")}
        {...rest}
        hint={hint ?? t(isNew ? "form.description.length" : "form.description.kept", { n: [...rest.value].length })}
      />
      {meanwhile(form, "description")}
    </>
  );
}

/** Price, sale price and cost, and what is left of them. */
export function PricingFields(props: FieldsProps) {
  const { form } = props;
  const { currency } = form;
  const price = form.field("price");
  const sale = form.field("salePrice");
  const cost = form.field("costPrice");
  const hasSale = sale.value !== null && sale.value !== "" && compareDecimals(sale.value, "0") > 0;
  const notBelow = hasSale && price.value !== null && price.value !== "" && compareDecimals(sale.value ?? "0", price.value) >= 0;
  const saleProps = typing(props, "salePrice");
  const nothing = writeDecimal("0", currencyPlaces(currency));
  return (
    <>
      <div className={css["row"]}>
        <div>
          <MoneyField label={t("form.price")} isRequired currency={currency} {...typing(props, "price")} />
          {meanwhile(form, "price")}
        </div>
        <div>
          <MoneyField
            label={t("form.salePrice")}
            currency={currency}
            {...saleProps}
            placeholder={nothing}
            hint={saleProps.hint ?? (notBelow ? t("form.notBelow") : sale.value === "0" || !hasSale ? t("form.noSale") : null)}
          />
          {meanwhile(form, "salePrice")}
        </div>
        <div>
          <MoneyField
            label={t("form.costPrice")}
            currency={currency}
            {...typing(props, "costPrice")}
            placeholder={nothing}
          />
          {meanwhile(form, "costPrice")}
        </div>
      </div>
      <Margin currency={currency} price={price} sale={sale} cost={cost} />
    </>
  );
}

/** How stock is counted, and how much there is. */
export function InventoryFields(props: FieldsProps) {
  const { form, isNew, hasVariants, offBecause } = props;
  const tracking = form.field("inventoryTracking");
  const level = typing(props, "inventoryLevel");
  const trackingOff = offBecause("inventoryTracking");
  const choices: readonly Tracking[] =
    hasVariants || tracking.store === "variant" ? ["none", "product", "variant"] : ["none", "product"];
  const levelOff =
    tracking.typed === "none"
      ? t("form.level.none")
      : tracking.typed === "variant"
        ? tracking.store === "variant"
          ? t("form.level.variant", { level: count(Number(form.store.inventoryLevel)) })
          : t("form.level.perVariant")
        : null;
  return (
    <div className={css["row"]}>
      <div className={css["half"]}>
        <ControlField
          label={t("form.tracking")}
          changed={trackingOff ? null : changedMark(form, "inventoryTracking", isNew)}
          hint={trackingOff}
        >
          {trackingOff ? (
            <span>{t(`form.tracking.${tracking.typed}`)}</span>
          ) : (
            <SegmentedControl
              label={t("form.tracking")}
              choices={choices.map((value) => ({ value, label: t(`form.tracking.${value}`) }))}
              value={tracking.typed}
              onChange={(value) => form.set("inventoryTracking", value)}
            />
          )}
        </ControlField>
        {meanwhile(form, "inventoryTracking")}
      </div>
      <div>
        <NumberField
          label={t("form.level")}
          whole
          {...level}
          {...(levelOff === null
            ? {}
            : { isDisabled: true, error: null, changed: null, value: tracking.typed === "variant" ? level.value : "" })}
          hint={levelOff ?? level.hint}
        />
        {tracking.typed === "none" && trackingOff === null ? (
          <p className={css["offer"]}>
            <TextButton size="small" onPress={() => form.set("inventoryTracking", "product")}>
              {t("form.level.start")}
            </TextButton>
          </p>
        ) : null}
        {levelOff === null ? meanwhile(form, "inventoryLevel") : null}
      </div>
    </div>
  );
}

/** What it weighs. */
export function WeightFields(props: FieldsProps) {
  const { form, weightUnit } = props;
  const weight = typing(props, "weight");
  return (
    <div className={css["row"]}>
      <div>
        <NumberField
          label={weightLabel(weightUnit)}
          {...weight}
          placeholder={writeDecimal("0")}
          hint={
            weight.hint ??
            (form.field("isDigital").typed
              ? t("form.weight.digital")
              : weightUnit === null
                ? t("form.weight.hint")
                : null)
          }
        />
        {meanwhile(form, "weight")}
      </div>
    </div>
  );
}
