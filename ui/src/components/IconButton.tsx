import type { ReactNode } from "react";
import { Button as Pressable, type ButtonProps as PressableProps } from "react-aria-components";
import { classes } from "../lib/classes";
import css from "./IconButton.module.css";

/** Props of {@link IconButton}. */
export type IconButtonProps = Omit<PressableProps, "children" | "className" | "style" | "aria-label"> & {
  /** Its name, for screen readers and as the hint. */
  label: string;
  /** What is drawn. */
  icon: ReactNode;
  /** `framed` beside framed buttons, `tiny` behind a value. */
  look?: "bare" | "framed" | "tiny";
};

/** A button without words, for the few signs everybody knows: ⋯, close, up, down, copy. */
export function IconButton({ label, icon, look = "bare", ...rest }: IconButtonProps) {
  return (
    <Pressable {...rest} aria-label={label} className={classes(css["button"], css[look])}>
      {icon}
    </Pressable>
  );
}
