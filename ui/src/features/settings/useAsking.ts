import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { type SettingsPlace, useGo } from "../../lib/go";

/** Whether a question of the settings is open. One that the address asks for is opened, once. */
export function useAsking(store: string, what: NonNullable<SettingsPlace["ask"]>): [boolean, (open: boolean) => void] {
  const go = useGo();
  const { ask } = useSearch({ strict: false }) as SettingsPlace;
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (ask !== what) return;
    setAsking(true);
    // Not to be asked again when the window opens here the next time.
    go.settings(store, {}, { replace: true });
  }, [ask, what, go, store]);
  return [asking, setAsking];
}
