import { useCallback, useEffect, useState } from "react";
import type { Tell } from "../lib/telling";

const stayMs = 4_000;

/** What is being said in passing, and the way to say something. */
export function useTelling(): [string | null, Tell] {
  const [told, setTold] = useState<{ words: string } | null>(null);
  useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => setTold(null), stayMs);
    return () => clearTimeout(timer);
  }, [told]);
  return [told?.words ?? null, useCallback((words) => setTold({ words }), [])];
}
