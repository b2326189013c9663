/**
 * Brings the focus back into the panel around `from`, or into the one that is open, if it has fallen out of everything:
 * a control that is switched off while it has the focus drops it, and then keys would begin at the top of the window.
 */
export function keepFocus(from: Element | null = null): void {
  const keeper = from?.closest<HTMLElement>("[data-keeps-focus]") ?? document.querySelector<HTMLElement>("[data-keeps-focus]");
  keeper?.focus({ preventScroll: true });
}

/** The focus is nowhere. */
export function focusIsLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
