import { useEffect, useState } from "react";
import type { Action } from "./actions";

/** Things on this computer that a text was found in, as actions that lead there. */
export type Found = {
  /** The ways there, the best first. */
  actions: Action[];
  /** Still being looked for. */
  reading: boolean;
};

/** Nothing was looked for. */
export const nothingFound: Found = { actions: [], reading: false };

/** Few letters are in everything; a figure may well be the beginning of a number. */
export function isSearchable(text: string): boolean {
  const plain = text.trim();
  return plain.length >= 3 || (plain.length >= 2 && /\d/.test(plain));
}

/** How many of a kind are shown in the command list; a last line leads to the rest. */
export const mostFound = 4;

const settleMs = 120;

/** The text as it was when the keys last rested. */
export function useSettledText(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (settled === text) return;
    const timer = setTimeout(() => setSettled(text), settleMs);
    return () => clearTimeout(timer);
  }, [settled, text]);
  return settled;
}
