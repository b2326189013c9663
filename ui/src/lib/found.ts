import { useEffect, useState } from "react";

/** Few letters are in everything; a figure may well be the beginning of a number. */
export function isSearchable(text: string): boolean {
  const plain = text.trim();
  return plain.length >= 3 || (plain.length >= 2 && /\d/.test(plain));
}

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
