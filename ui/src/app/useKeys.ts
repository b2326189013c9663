import { useEffect } from "react";
import { type Offers, perform } from "../lib/actions";
import { isCovered } from "../lib/covered";
import { withCommand } from "../lib/platform";
import { follower, typesNothing } from "../lib/shortcuts";

/** Keys that a text field needs for itself. */
const editing = /^[acvxyz]$/i;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'))
  );
}

/** A menu or a list of choices takes letters as the beginning of a choice. */
function isChoosing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="menu"], [role="listbox"]') !== null;
}

/** A small thing beside its button is open: it leaves the keys with Ctrl or Command to the window. */
function hasPopup(): boolean {
  return document.querySelector("[data-popup]") !== null;
}

/** Does what is offered when its keys are pressed. `plain`: also keys that are letters only. */
export function useKeys(offers: Offers, plain: boolean): void {
  useEffect(() => {
    const follow = follower();
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
      const command = withCommand(event) || typesNothing(event);
      if (!command && (!plain || isTyping(event.target) || hasPopup())) return;
      if (command && editing.test(event.key) && isTyping(event.target)) return;
      if (isChoosing(event.target) || isCovered()) return;
      const actions = offers.all();
      const found = follow(
        event,
        actions.flatMap(({ keys }) => (keys === undefined ? [] : [keys])),
      );
      if (found === null) return;
      event.preventDefault();
      if (found === "begun") return;
      const action = actions.find(({ keys }) => keys === found);
      if (action) perform(action);
    };
    // Before the window itself, which hears the keys of what is around every frame.
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [offers, plain]);
}
