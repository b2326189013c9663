import type { ReactNode } from "react";
import { Switch as Toggle, type SwitchProps as ToggleProps } from "react-aria-components";
import css from "./Switch.module.css";

/** Props of {@link Switch}. */
export type SwitchProps = Omit<ToggleProps, "children" | "className" | "style"> & {
  /** What is on when it is on. */
  children: ReactNode;
};

/** Something that is on or off, and takes effect at once. */
export function Switch({ children, ...rest }: SwitchProps) {
  return (
    <Toggle {...rest} className={css["switch"]!}>
      <span className={css["track"]} aria-hidden />
      {children}
    </Toggle>
  );
}
