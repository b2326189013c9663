import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { FieldError, Input, Label, Text, TextField as Field, type TextFieldProps as FieldProps } from "react-aria-components";
import { classes } from "../lib/classes";
import { Was, type WasProps } from "./Was";
import css from "./Field.module.css";

/** Props of {@link TextField}. */
export type TextFieldProps = Omit<FieldProps, "children" | "className" | "style" | "isInvalid"> & {
  /** Stands above. */
  label: string;
  /** An example. Never instead of the label. */
  placeholder?: string;
  /** Says below what the field is for, or why it is off. */
  hint?: ReactNode;
  /** What is wrong and what to do; shown below in the hint's place. */
  error?: string | null;
  /** The value differs from the store's: marks the field and offers the way back. */
  changed?: WasProps | null;
  /** Set in the typeface for codes: hashes, tokens, tracking numbers. */
  code?: boolean;
  /** Sits inside at the left, such as a currency's sign. */
  start?: ReactNode;
  /** Sits inside at the right, such as a button. */
  end?: ReactNode;
  /** Holds a figure, which goes to the right. */
  figures?: boolean;
};

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { label, placeholder, hint, error, changed, code, start, end, figures, ...rest } = props;
  return (
    <Field {...rest} isInvalid={Boolean(error)} className={classes(css["field"], changed && css["changed"])}>
      <span className={css["head"]}>
        <Label className={css["label"]}>{label}</Label>
        {changed ? <Was {...changed} /> : null}
      </span>
      <span className={css["box"]}>
        {start}
        <Input
          placeholder={placeholder}
          className={classes(css["input"], code && css["code"], figures && css["figures"])}
        />
        {error ? <CircleAlert className={css["sign"]} aria-hidden /> : null}
        {end}
      </span>
      {error ? <FieldError className={css["error"]}>{error}</FieldError> : null}
      {hint && !error ? (
        <Text slot="description" className={css["hint"]}>
          {hint}
        </Text>
      ) : null}
    </Field>
  );
}
