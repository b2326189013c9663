import type { RouterHistory } from "@tanstack/react-router";
import { createContext, useContext, useEffect, useRef } from "react";

/** The way back to where the person came from, and forth again. */
export class WayBack {
  private readonly steps: (() => void)[] = [];

  constructor(private readonly history: RouterHistory) {}

  /** What is shown has steps of its own to go back by. Gives back how to take that back. */
  within(step: () => void): () => void {
    this.steps.push(step);
    return () => {
      const at = this.steps.lastIndexOf(step);
      if (at >= 0) this.steps.splice(at, 1);
    };
  }

  /** Something came before what is shown. */
  get leads(): boolean {
    return this.steps.length > 0 || this.history.canGoBack();
  }

  /** Goes back: a step within what is shown, else to the screen before. */
  back(): void {
    const step = this.steps.at(-1);
    if (step) step();
    else if (this.history.canGoBack()) this.history.back();
  }

  /** Goes to the screen that was gone back from, if there is one. */
  forward(): void {
    if (this.steps.length === 0) this.history.forward();
  }
}

/** Holds the window's way back. */
export const WayBackContext = createContext<WayBack | null>(null);

/** The window's way back. */
export function useWayBack(): WayBack {
  const way = useContext(WayBackContext);
  if (!way) throw new Error("nothing around this knows the way back");
  return way;
}

/** For as long as the component is there, going back does this instead of leaving the screen. */
export function useStepBack(step: () => void): void {
  const way = useWayBack();
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  useEffect(() => way.within(() => latest.current()), [way]);
}
