import { readDecimal, writeDecimal } from "../lib/decimals";
import { TextField, type TextFieldProps } from "./TextField";

/** Props of {@link NumberField}. */
export type NumberFieldProps = Omit<TextFieldProps, "value" | "onChange" | "figures" | "code" | "type"> & {
  /** What was typed, as it was typed. */
  value: string;
  /** Told every key, and the tidied text when the field is left. */
  onChange: (typed: string) => void;
  /** Only whole numbers make sense. */
  whole?: boolean;
};

/** A number, typed as its locale or another writes it; read with `readDecimal`, never as a float. */
export function NumberField({ value, onChange, onBlur, whole, ...rest }: NumberFieldProps) {
  return (
    <TextField
      {...rest}
      value={value}
      onChange={onChange}
      onBlur={(event) => {
        const number = readDecimal(value);
        const tidied = number === null ? value : writeDecimal(number);
        if (tidied !== value) onChange(tidied);
        onBlur?.(event);
      }}
      figures
      inputMode={whole ? "numeric" : "decimal"}
      autoComplete="off"
    />
  );
}
