import type { ReactNode } from "react";
import {
  FieldError,
  Label,
  Text,
  TextArea as Area,
  TextField as Field,
  type TextFieldProps as FieldProps,
} from "react-aria-components";
import { classes } from "../lib/classes";
import { Was, type WasProps } from "./Was";
import css from "./Field.module.css";

/** Props of {@link TextArea}. */
export type TextAreaProps = Omit<FieldProps, "children" | "className" | "style" | "isInvalid"> & {
  /** Stands above. */
  label: string;
  /** Lines shown without scrolling. */
  rows?: number;
  /** Stands above like a section's heading. */
  strongLabel?: boolean;
  /** Says below what the field is for, or why it is off. */
  hint?: ReactNode;
  /** What is wrong and what to do. */
  error?: string | null;
  /** The value differs from the store's. */
  changed?: WasProps | null;
  /** Grows with its text, as far as this many lines. */
  grows?: number;
  /** An example. Never instead of the label. */
  placeholder?: string;
  /** Set in the typeface for codes, and not checked for spelling. */
  code?: boolean;
};

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const { label, rows = 3, strongLabel, hint, error, changed, grows, placeholder, code, ...rest } = props;
  const lines = Math.max(rows, Math.min(grows ?? rows, (rest.value ?? "").split("\n").length));
  return (
    <Field {...rest} isInvalid={Boolean(error)} className={classes(css["field"], changed && css["changed"])}>
      <span className={css["head"]}>
        <Label className={classes(css["label"], strongLabel && css["strong"])}>{label}</Label>
        {changed ? <Was {...changed} /> : null}
      </span>
      <span className={css["box"]}>
        <Area
          rows={lines}
          placeholder={placeholder}
          className={classes(css["area"], code && css["code"])}
          {...(code ? { spellCheck: "false" as const } : {})}
        />
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
