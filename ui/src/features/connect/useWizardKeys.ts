import { useEffect, useRef } from "react";
import { useStepBack } from "../../lib/back";
import { isCovered } from "../../lib/covered";

/** What Escape and Enter do in a step where nothing that has the focus makes use of them. */
export type WizardKeys = {
  /** A step back. */
  back: () => void;
  /** A step on, where all is in order. */
  goOn: () => void;
};

/** Hears Escape, Enter and the mouse's way back for as long as no question is open. */
export function useWizardKeys({ back, goOn }: WizardKeys, isOpen: boolean) {
  useStepBack(back);
  const keys = useRef({ back, goOn });
  useEffect(() => {
    keys.current = { back, goOn };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isOpen || isCovered()) return;
      if (event.key === "Escape") {
        event.preventDefault();
        keys.current.back();
      } else if (event.key === "Enter" && !isBusyWithEnter(event.target)) {
        event.preventDefault();
        keys.current.goOn();
      }
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [isOpen]);
}

/** Whether Enter already means something where it was pressed. */
function isBusyWithEnter(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, input, textarea, select, [role=dialog]") !== null;
}
