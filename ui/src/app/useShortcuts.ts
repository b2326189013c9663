import { useEffect } from "react";
import { useRead } from "../ipc";
import { useGo } from "../lib/go";
import { withCommand } from "../lib/platform";
import { searchFieldId } from "./SearchField";

/** What the window's own keys do. */
export type Shortcuts = {
  /** Ctrl or Command with K. */
  onPalette: () => void;
};

/** Keys that work everywhere in a store: palette, search, and one digit for each store. */
export function useShortcuts({ onPalette }: Shortcuts): void {
  const stores = useRead("appState", undefined).data?.stores;
  const go = useGo();
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!withCommand(event) || event.altKey || event.shiftKey) return;
      const key = event.key.toLowerCase();
      if (key === "k") {
        event.preventDefault();
        onPalette();
      } else if (key === "f") {
        event.preventDefault();
        const field = document.getElementById(searchFieldId);
        if (field instanceof HTMLInputElement) {
          field.focus();
          field.select();
        }
      } else if (/^[1-9]$/.test(key)) {
        const store = stores?.[Number(key) - 1];
        if (!store) return;
        event.preventDefault();
        go.store(store.key);
      }
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [go, onPalette, stores]);
}
