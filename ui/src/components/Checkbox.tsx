import type { ReactNode } from "react";
import { Checkbox as Box, type CheckboxProps as BoxProps } from "react-aria-components";
import { TickMark } from "./TickMark";
import css from "./Checkbox.module.css";

/** Props of {@link Checkbox}. */
export type CheckboxProps = Omit<BoxProps, "children" | "className" | "style"> & {
  /** What ticking it means; leave it out only with an `aria-label`. */
  children?: ReactNode;
};

/** A box to tick. */
export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <Box {...rest} className={css["checkbox"]!}>
      {({ isSelected, isIndeterminate, isFocusVisible }) => (
        <>
          <TickMark state={isIndeterminate ? "some" : isSelected ? "on" : "off"} ringed={isFocusVisible} />
          {children}
        </>
      )}
    </Box>
  );
}
