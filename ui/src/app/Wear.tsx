import { useEffect } from "react";
import { type Density, type Theme, useRead } from "../ipc";

/** The name under which the theme is kept for the very first frame; `first-frame.js` reads it. */
const kept = "stockroom.theme";

function useMatches(query: string, tell: (matches: boolean) => void) {
  useEffect(() => {
    const list = matchMedia(query);
    const hear = () => tell(list.matches);
    hear();
    list.addEventListener("change", hear);
    return () => list.removeEventListener("change", hear);
  }, [query, tell]);
}

function wearContrast(high: boolean) {
  if (high) document.documentElement.dataset["contrast"] = "high";
  else delete document.documentElement.dataset["contrast"];
}

/** Puts theme, density and contrast on the root element, and keeps them there. */
export function Wear() {
  const preferences = useRead("appState", undefined).data?.preferences;
  const theme: Theme | undefined = preferences?.theme;
  const density: Density | undefined = preferences?.density;

  useEffect(() => {
    if (!theme) return;
    const root = document.documentElement;
    try {
      localStorage.setItem(kept, theme);
    } catch {
      // The next first frame will be the system's; nothing else is lost.
    }
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const wear = () => {
      root.dataset["theme"] = theme === "dark" || (theme === "system" && dark.matches) ? "dark" : "light";
    };
    wear();
    dark.addEventListener("change", wear);
    return () => dark.removeEventListener("change", wear);
  }, [theme]);

  useEffect(() => {
    if (density) document.documentElement.dataset["density"] = density;
  }, [density]);

  useMatches("(prefers-contrast: more)", wearContrast);
  return null;
}
