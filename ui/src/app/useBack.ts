import { useRouter } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { WayBack } from "../lib/back";
import { isCovered } from "../lib/covered";
import { shortcuts, written } from "../lib/shortcuts";

/** As `MouseEvent.button` counts the two at a mouse's side. */
const side = { back: 3, forward: 4 } as const;

/** The window's way back, gone by keys and by a mouse's side buttons. */
export function useBack(): WayBack {
  const { history } = useRouter();
  const way = useMemo(() => new WayBack(history), [history]);
  useEffect(() => {
    const go = (event: Event, to: "back" | "forward") => {
      // Else the web view goes back by itself, also behind a sheet.
      event.preventDefault();
      if (!isCovered()) way[to]();
    };
    // Around a frame these keys are its own, and never come here.
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const keys = written(event);
      for (const to of ["back", "forward"] as const) {
        if (keys === null || !(shortcuts[to] as readonly string[]).includes(keys)) continue;
        // A key that is held down goes one step, and the web view is kept from going on by itself.
        if (event.repeat) event.preventDefault();
        else go(event, to);
      }
    };
    const onMouse = (event: MouseEvent) => {
      if (event.button === side.back) go(event, "back");
      else if (event.button === side.forward) go(event, "forward");
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("mouseup", onMouse);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("mouseup", onMouse);
    };
  }, [way]);
  return way;
}
