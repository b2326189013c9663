import type { ReactNode } from "react";
import { Dialog, Heading, Modal as Window, ModalOverlay } from "react-aria-components";
import css from "./Modal.module.css";

/** Props of {@link Modal}. */
export type ModalProps = {
  /** The question. */
  title: string;
  /** What hangs on it. */
  children: ReactNode;
  /** Its buttons; the one that goes on stands last. */
  footer: ReactNode;
  /** Closes it without an answer. */
  onClose: () => void;
};

/** A question in the middle of the window that has to be answered first. */
export function Modal({ title, children, footer, onClose }: ModalProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={css["scrim"]!}
    >
      <Window className={css["modal"]!}>
        <Dialog role="alertdialog" className={css["dialog"]!}>
          <Heading slot="title" className={css["title"]!}>
            {title}
          </Heading>
          <div className={css["body"]}>{children}</div>
          <div className={css["foot"]}>{footer}</div>
        </Dialog>
      </Window>
    </ModalOverlay>
  );
}
