import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Button as Pressable, type ButtonProps as PressableProps } from "react-aria-components";
import { classes } from "../lib/classes";
import { keepFocus } from "../lib/keepFocus";
import css from "./Button.module.css";

/** Props of {@link Button}. */
export type ButtonProps = Omit<PressableProps, "children" | "className" | "style"> & {
  /** What it does. Ends in "…" if it asks first. */
  children: ReactNode;
  /** `filled` for the one main action of an area, `danger` for what can't be taken back. */
  look?: "plain" | "filled" | "quiet" | "danger";
  /** `tall` in forms, bars and sheets. */
  size?: "normal" | "tall";
  /** Before the words. */
  icon?: ReactNode;
  /** Key that does the same, shown behind the words. */
  shortcut?: ReactNode;
  /** Why it is off. A button that is off always says so: here for screen readers, nearby for the eye. */
  offBecause?: string | null;
};

/** A button with words. */
export function Button({
  children,
  look = "plain",
  size = "normal",
  icon,
  shortcut,
  offBecause,
  isDisabled,
  ...rest
}: ButtonProps) {
  const why = useId();
  const off = isDisabled === true || Boolean(offBecause);
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (off && focused.current) keepFocus(focused.current);
  }, [off]);
  return (
    <>
      <Pressable
        {...rest}
        isDisabled={off}
        onFocus={(event) => {
          focused.current = event.target;
          rest.onFocus?.(event);
        }}
        onBlur={(event) => {
          focused.current = null;
          rest.onBlur?.(event);
        }}
        aria-describedby={offBecause ? why : rest["aria-describedby"]}
        className={classes(css["button"], css[look], css[size])}
      >
        {icon}
        <span className={css["words"]}>{children}</span>
        {shortcut}
      </Pressable>
      {offBecause ? (
        <span id={why} hidden>
          {offBecause}
        </span>
      ) : null}
    </>
  );
}
