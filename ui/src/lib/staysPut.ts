import { type RefObject, useLayoutEffect, useRef } from "react";

/** Something in a pane that a person has under hand, and how far below the content's top it stood last. */
type Held = { by: "focus" | "pointer"; element: Element; top: number; height: number };

const pressable = "button, a, input, textarea, select, [role='button'], [role='link']";

/**
 * Keeps what a person has under hand where it is when something arrives above it: the pane scrolls along, before
 * anything is painted. Otherwise a button moves away from under the pointer that is about to press it, and a click
 * lands beside it. WebKit doesn't do this by itself; where a browser does, `overflow-anchor: none` leaves it to us.
 *
 * Under hand is what has the focus, and what can be pressed and is under the pointer; of the two, what came last.
 * Where the content ends before the pane could scroll as far, an empty stretch below it lends the rest; it is given
 * back as soon as the content fills it, or the person scrolls away from it.
 */
export function useStaysPut(pane: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>): void {
  const settleNow = useRef<(() => void) | null>(null);
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
    /** How far the person had scrolled. */
    let scrolledTo = outer.scrollTop;
    /** Pixels of the empty stretch below. */
    let room = 0;
    const lend = (pixels: number) => {
      room = pixels;
      inner.style.paddingBottom = room > 0 ? `${room}px` : "";
    };
    // In whole pixels, or what is rounded on the way would let everything creep.
    const roomAt = (scrollTop: number) => {
      const end = inner.getBoundingClientRect().height - room;
      return Math.max(0, Math.ceil(outer.getBoundingClientRect().height + scrollTop - end));
    };
    const giveBack = () => {
      if (room > 0) lend(Math.min(room, roomAt(outer.scrollTop)));
    };
    const scrollTo = (wanted: number) => {
      outer.scrollTop = wanted;
      if (wanted - outer.scrollTop < 1) return;
      lend(Math.max(room, roomAt(wanted)));
      outer.scrollTop = wanted;
    };
    const settle = () => {
      if (held.length === 0 && room === 0) return;
      held = held.filter(({ element }) => inner.contains(element));
      // Where the content became shorter, the browser has scrolled back by as much as its end came up.
      const isAtEnd = outer.scrollTop + outer.clientHeight >= outer.scrollHeight - 1;
      const before = isAtEnd ? Math.max(scrolledTo, outer.scrollTop) : outer.scrollTop;
      // Nobody has under hand what was scrolled out of sight.
      const { top, bottom } = outer.getBoundingClientRect();
      const start = inner.getBoundingClientRect().top + outer.scrollTop - before;
      const first = held.find((one) => start + one.top < bottom && start + one.top > top - one.height);
      const wanted = first ? before + topOf(first.element) - first.top : outer.scrollTop;
      if (wanted !== outer.scrollTop) scrollTo(wanted);
      giveBack();
      scrolledTo = outer.scrollTop;
      for (const one of held) one.top = topOf(one.element);
    };
    const onScroll = () => {
      scrolledTo = outer.scrollTop;
      giveBack();
    };
    settleNow.current = settle;
    const observer = new ResizeObserver(settle);
    observer.observe(inner);
    outer.addEventListener("scroll", onScroll, { passive: true });
    inner.addEventListener("focusin", onFocus);
    inner.addEventListener("focusout", onBlur);
    inner.addEventListener("input", onFocus);
    inner.addEventListener("pointerover", onPoint);
    inner.addEventListener("pointerleave", onLeave);
    return () => {
      settleNow.current = null;
      lend(0);
      observer.disconnect();
      outer.removeEventListener("scroll", onScroll);
      inner.removeEventListener("focusin", onFocus);
      inner.removeEventListener("focusout", onBlur);
      inner.removeEventListener("input", onFocus);
      inner.removeEventListener("pointerover", onPoint);
      inner.removeEventListener("pointerleave", onLeave);
    };
  }, [pane, content]);
  // With each thing drawn, not only when the browser measures for its next frame: a click may come in between.
  useLayoutEffect(() => settleNow.current?.());
}
