import { createContext, useCallback, useContext } from "react";
import type { AppError } from "../ipc/bindings";
import { troubleWords } from "./trouble";

/**
 * Says a line below everything else for a moment: what a key has just done where nothing else shows it. A `result` is
 * what somebody waited for, like the name of a file: it stays longer, and can be put away.
 */
export type Tell = (words: string, kind?: "passing" | "result") => void;

/** Holds the frame's way to say something. */
export const TellingContext = createContext<Tell | null>(null);

let next: string | null = null;

/** Has the next frame say something in passing: what was done on the way to it. */
export function tellNext(words: string) {
  next = words;
}

/** What a frame is to say as it appears. Once. */
export function takeTold(): string | null {
  const words = next;
  next = null;
  return words;
}

const nobodyHears: Tell = () => undefined;

/** Says something in passing. */
export function useTell(): Tell {
  return useContext(TellingContext) ?? nobodyHears;
}

/**
 * Says why something came to nothing, where nothing on the screen belongs to it and could. Who stopped it knows, and is
 * told nothing.
 */
export function useTellTrouble(): (error: AppError) => void {
  const tell = useTell();
  return useCallback(
    (error) => {
      if (error.code !== "cancelled") tell(troubleWords(error).cause, "result");
    },
    [tell],
  );
}
