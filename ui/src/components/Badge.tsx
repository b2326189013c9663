import type { ReactNode } from "react";
import { classes } from "../lib/classes";
import css from "./Badge.module.css";

/** Props of {@link Badge}. */
export type BadgeProps = {
  /** A word, or a count. */
  children: ReactNode;
  /** `count` is filled, `word` lies quietly beside a name. */
  look?: "word" | "count";
  /** What the count counts, for screen readers. */
  label?: string;
};

/** A small word or count beside a name. */
export function Badge({ children, look = "word", label }: BadgeProps) {
  return (
    <span className={classes(css["badge"], css[look])}>
      {label ? (
        <>
          <span aria-hidden>{children}</span>
          <span className={css["said"]}>{label}</span>
        </>
      ) : (
        children
      )}
    </span>
  );
}
