import { createContext, useContext } from "react";

/**
 * Says a line below everything else for a moment: what a key has just done where nothing else shows it. A `result` is
 * what somebody waited for, like the name of a file: it stays longer, and can be put away.
 */
export type Tell = (words: string, kind?: "passing" | "result") => void;

/** Holds the frame's way to say something. */
export const TellingContext = createContext<Tell | null>(null);

const nobodyHears: Tell = () => undefined;

/** Says something in passing. */
export function useTell(): Tell {
  return useContext(TellingContext) ?? nobodyHears;
}
