import { useCallback, useEffect, useState } from "react";
import { type Tell, takeTold } from "../lib/telling";

const stayMs = { passing: 4_000, result: 12_000 };

/** What is being said. */
export type Told = { words: string; kind: keyof typeof stayMs };

/**
 * What is being said in passing, the way to say something, and the way to have it put away. `takesOver`: what was done on
 * the way here is said first.
 */
export function useTelling(takesOver = true): [told: Told | null, tell: Tell, putAway: () => void] {
  const [told, setTold] = useState<Told | null>(() => {
    const words = takesOver ? takeTold() : null;
    return words === null ? null : { words, kind: "result" };
  });
  useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => setTold(null), stayMs[told.kind]);
    return () => clearTimeout(timer);
  }, [told]);
  const tell = useCallback<Tell>((words, kind = "passing") => setTold({ words, kind }), []);
  return [told, tell, useCallback(() => setTold(null), [])];
}
