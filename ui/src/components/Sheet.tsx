import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { t } from "../i18n";
import { IconButton } from "./IconButton";
import css from "./Sheet.module.css";

/** Props of {@link Sheet}. */
export type SheetProps = {
  /** Names it. */
  title: string;
  /** One line of facts below. */
  subtitle?: ReactNode;
  /** Its parts, usually `Section`s. */
  children: ReactNode;
  /** Stands at the bottom, whatever the height. */
  footer: ReactNode;
  /** Closes it: Esc, the cross, or a click beside it. */
  onClose: () => void;
  /** Nothing in it takes the focus, so the keys scroll it as a whole. */
  plain?: boolean;
  /** Only the footer's buttons close it, while something is going on. */
  held?: boolean;
};

/** Comes from the right over everything else and holds the focus until it is closed. */
export function Sheet({ title, subtitle, children, footer, onClose, plain = false, held = false }: SheetProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={!held}
      isKeyboardDismissDisabled={held}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={css["scrim"]!}
    >
      <Modal className={css["sheet"]!}>
        <Dialog className={css["dialog"]!}>
          <header className={css["head"]}>
            <div className={css["titles"]}>
              <Heading slot="title" className={css["title"]!}>
                {title}
              </Heading>
              {subtitle ? <p className={css["subtitle"]}>{subtitle}</p> : null}
            </div>
            <IconButton label={t("common.close")} icon={<X aria-hidden />} onPress={onClose} isDisabled={held} />
          </header>
          {/* A part that scrolls has to be reached with the keyboard. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className={css["body"]} {...(plain ? { tabIndex: 0, role: "region", "aria-label": title } : {})}>
            {children}
          </div>
          <footer className={css["foot"]}>{footer}</footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
