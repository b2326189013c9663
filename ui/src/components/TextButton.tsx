import type { ReactNode } from "react";
import { Button as Pressable, type ButtonProps as PressableProps } from "react-aria-components";
import { classes } from "../lib/classes";
import css from "./TextButton.module.css";

/** Props of {@link TextButton}. */
export type TextButtonProps = Omit<PressableProps, "children" | "className" | "style"> & {
  /** What it does. */
  children: ReactNode;
  /** `small` beside 12 px text. */
  size?: "normal" | "small";
};

/** An action that looks like a link: in sentences, strips and rows. */
export function TextButton({ children, size = "normal", ...rest }: TextButtonProps) {
  return (
    <Pressable {...rest} className={classes(css["button"], css[size])}>
      {children}
    </Pressable>
  );
}
