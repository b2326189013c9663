import { type ReactNode, useId } from "react";
import { classes } from "../lib/classes";
import css from "./Field.module.css";
import { Was, type WasProps } from "./Was";

/** Props of {@link ControlField}. */
export type ControlFieldProps = {
  /** Stands above. */
  label: string;
  /** The control; it names itself. */
  children: ReactNode;
  /** Says below what it is for, or why it is off. */
  hint?: ReactNode;
  /** The choice differs from the store's. */
  changed?: WasProps | null;
};

/** A switch or a choice in a form, with the same head, mark and hint as a field to type in. */
export function ControlField({ label, children, hint, changed }: ControlFieldProps) {
  const name = useId();
  return (
    <div className={classes(css["field"], changed && css["changed"])} role="group" aria-labelledby={name}>
      <span className={css["head"]}>
        <span id={name} className={css["label"]}>
          {label}
        </span>
        {changed ? <Was {...changed} /> : null}
      </span>
      <span className={css["control"]}>{children}</span>
      {hint ? <span className={css["hint"]}>{hint}</span> : null}
    </div>
  );
}
