import type { ReactNode } from "react";
import { Link } from "react-aria-components";
import { classes } from "../../lib/classes";
import css from "./ToList.module.css";

/** Props of {@link ToList}. */
export type ToListProps = {
  /** What leads there. */
  children: ReactNode;
  /** Goes to the list. */
  onPress: () => void;
  /** `words` looks like a link, `plain` only when it is pointed at; `row` takes a line and lights up, as does `figure`. */
  look: "words" | "plain" | "row" | "figure";
};

/** Leads from a number to the list of what it counts. */
export function ToList({ children, onPress, look }: ToListProps) {
  return (
    <Link className={classes(css["link"], css[look])} onPress={onPress}>
      {children}
    </Link>
  );
}
