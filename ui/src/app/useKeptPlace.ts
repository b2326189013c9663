import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useRemembered } from "../ipc";

const asText = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Remembers which screen of a store is open, so that it opens there again. */
export function useKeptPlace(store: string): void {
  const [place, keep, { known }] = useRemembered(store, "place", asText, "");
  const location = useLocation();
  const here = `/store/${store}`;
  const now = location.pathname.startsWith(`${here}/`) ? location.pathname.slice(here.length) + location.searchStr : null;
  useEffect(() => {
    if (known && now !== null && now !== place) keep(now);
  }, [known, now, place, keep]);
}
