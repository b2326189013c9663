import { type RefObject, useLayoutEffect } from "react";

/** Something in a pane that a person has under hand, and how far below the content's top it stood last. */
type Held = { by: "focus" | "pointer"; element: Element; top: number; height: number };

const pressable = "button, a, input, textarea, select, [role='button'], [role='link']";

/**
 * Keeps what a person has under hand where it is when something arrives above it: the pane scrolls along, before
 * anything is painted. Otherwise a button moves away from under the pointer that is about to press it, and a click
 * lands beside it. WebKit doesn't do this by itself; where a browser does, `overflow-anchor: none` leaves it to us.
 *
 * Under hand is what has the focus, and what can be pressed and is under the pointer; of the two, what came last.
 */
export function useStaysPut(pane: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const [outer, inner] = [pane.current, content.current];
    if (!outer || !inner) return undefined;
    let held: Held[] = [];
    const topOf = (element: Element) => element.getBoundingClientRect().top - inner.getBoundingClientRect().top;
    const hold = (by: Held["by"], element: Element | null) => {
      held = held.filter((one) => one.by !== by);
      if (element && inner.contains(element)) held.unshift({ by, element, top: topOf(element), height: element.clientHeight });
    };
    const onFocus = ({ target }: Event) => hold("focus", target instanceof Element ? target : null);
    const onBlur = () => hold("focus", null);
    const onPoint = ({ target }: Event) => hold("pointer", target instanceof Element ? target.closest(pressable) : null);
    const onLeave = () => hold("pointer", null);
    const settle = () => {
      held = held.filter(({ element }) => inner.contains(element));
      // Nobody has under hand what was scrolled out of sight.
      const { top, bottom } = outer.getBoundingClientRect();
      const scrolled = inner.getBoundingClientRect().top;
      const first = held.find((one) => scrolled + one.top < bottom && scrolled + one.top > top - one.height);
      if (first) outer.scrollTop += topOf(first.element) - first.top;
      for (const one of held) one.top = topOf(one.element);
    };
    const observer = new ResizeObserver(settle);
    observer.observe(inner);
    inner.addEventListener("focusin", onFocus);
    inner.addEventListener("focusout", onBlur);
    inner.addEventListener("input", onFocus);
    inner.addEventListener("pointerover", onPoint);
    inner.addEventListener("pointerleave", onLeave);
    return () => {
      observer.disconnect();
      inner.removeEventListener("focusin", onFocus);
      inner.removeEventListener("focusout", onBlur);
      inner.removeEventListener("input", onFocus);
      inner.removeEventListener("pointerover", onPoint);
      inner.removeEventListener("pointerleave", onLeave);
    };
  }, [pane, content]);
}
