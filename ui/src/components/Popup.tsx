import type { ReactElement, ReactNode } from "react";
import { Dialog, DialogTrigger, Popover, type PopoverProps } from "react-aria-components";
import css from "./Popup.module.css";

/** Props of {@link Popup}. */
export type PopupProps = {
  /** Names it. */
  label: string;
  /** The button that opens it. */
  trigger: ReactElement;
  /** What it holds; `close` takes it away. */
  children: (close: () => void) => ReactNode;
  /** On which side it opens. */
  placement?: PopoverProps["placement"];
  /** Width in pixels. */
  width?: number;
  /** Whether it is open, where something else than its button opens it too. */
  isOpen?: boolean;
  /** Told when it opens and closes. */
  onOpenChange?: (isOpen: boolean) => void;
};

/** More about what a button says, beside it. Esc or a click elsewhere takes it away. */
export function Popup({ label, trigger, children, placement = "bottom end", width = 320, isOpen, onOpenChange }: PopupProps) {
  return (
    <DialogTrigger {...(isOpen === undefined ? {} : { isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger}
      <Popover data-popup placement={placement} offset={6} className={css["popup"]!} style={{ width }}>
        <Dialog aria-label={label} className={css["dialog"]!}>
          {({ close }) => children(close)}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
