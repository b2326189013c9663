import { useEffect, useState } from "react";

/** Whole seconds left of a wait that was `seconds` long when `since` was told. */
export function useCountdown(seconds: number, since: object | null): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    if (seconds <= 0) return;
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [seconds, since]);
  return left;
}
