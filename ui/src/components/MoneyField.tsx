import { currencyPlaces, currencySign, readDecimal, writeDecimal } from "../lib/decimals";
import css from "./Field.module.css";
import { TextField, type TextFieldProps } from "./TextField";

/** Props of {@link MoneyField}. */
export type MoneyFieldProps = Omit<TextFieldProps, "value" | "onChange" | "start" | "figures" | "code" | "type"> & {
  /** ISO 4217 code. */
  currency: string;
  /** What was typed, as it was typed. */
  value: string;
  /** Told every key, and the tidied text when the field is left. */
  onChange: (typed: string) => void;
};

/**
 * An amount of money, typed as its locale or another writes it: sign at the left, figure at the right.
 *
 * What it holds is text as typed; `readDecimal` makes the exact amount of it. On leaving the field an amount is
 * written out anew, so that a person sees how it was understood; what is none stays as it was typed.
 */
export function MoneyField({ currency, value, onChange, onBlur, ...rest }: MoneyFieldProps) {
  const sign = currencySign(currency);
  return (
    <TextField
      {...rest}
      value={value}
      onChange={onChange}
      onBlur={(event) => {
        const amount = readDecimal(value);
        const tidied = amount === null ? value : writeDecimal(amount, currencyPlaces(currency));
        if (tidied !== value) onChange(tidied);
        onBlur?.(event);
      }}
      figures
      inputMode="decimal"
      autoComplete="off"
      start={
        sign ? (
          <span className={css["lead"]} aria-hidden>
            {sign}
          </span>
        ) : null
      }
    />
  );
}
