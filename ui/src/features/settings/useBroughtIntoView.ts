import { useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { type SettingsPlace, useGo } from "../../lib/go";

/** Brings a part into view where the address asks for it, once; the first thing that can be done in it has the focus. */
export function useBroughtIntoView(store: string, what: NonNullable<SettingsPlace["show"]>) {
  const go = useGo();
  const self = useRef<HTMLElement>(null);
  const { show } = useSearch({ strict: false }) as SettingsPlace;
  useEffect(() => {
    if (show !== what) return;
    self.current?.scrollIntoView({ block: "start" });
    self.current?.querySelector<HTMLElement>("input, button:not([disabled])")?.focus();
    go.settings(store, {}, { replace: true });
  }, [show, what, go, store]);
  return self;
}
