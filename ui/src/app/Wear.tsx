import { type ReactNode, useEffect, useState } from "react";
import { useRead } from "../ipc";
import { type Density, DensityContext } from "../lib/density";

/** The names under which theme and contrast are kept for the very first frame; `first-frame.js` reads them. */
const kept = { theme: "stockroom.theme", contrast: "stockroom.contrast" } as const;

function keep(what: keyof typeof kept, value: string) {
  try {
    localStorage.setItem(kept[what], value);
  } catch {
    // The next first frame will be the system's; nothing else is lost.
  }
}

function useMatches(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const hear = () => setMatches(list.matches);
    hear();
    list.addEventListener("change", hear);
    return () => list.removeEventListener("change", hear);
  }, [query]);
  return matches;
}

/** Props of {@link Wear}. */
export type WearProps = {
  /** The window. */
  children: ReactNode;
};

/** Puts theme, contrast and density on the root element, and keeps them there. */
export function Wear({ children }: WearProps) {
  const preferences = useRead("appState", undefined).data?.preferences;
  const { theme, contrast } = preferences ?? {};
  const density: Density = preferences?.density ?? "compact";
  const systemIsDark = useMatches("(prefers-color-scheme: dark)");
  const systemWantsMore = useMatches("(prefers-contrast: more)");
  const systemHasItsOwn = useMatches("(forced-colors: active)");

  useEffect(() => {
    if (!theme) return;
    keep("theme", theme);
    document.documentElement.dataset["theme"] =
      theme === "dark" || (theme === "system" && systemIsDark) ? "dark" : "light";
  }, [theme, systemIsDark]);

  useEffect(() => {
    const root = document.documentElement;
    if (contrast) keep("contrast", contrast);
    if (contrast === "high" || systemWantsMore || systemHasItsOwn) root.dataset["contrast"] = "high";
    else if (contrast) delete root.dataset["contrast"];
  }, [contrast, systemWantsMore, systemHasItsOwn]);

  useEffect(() => {
    document.documentElement.dataset["density"] = density;
  }, [density]);

  return <DensityContext.Provider value={density}>{children}</DensityContext.Provider>;
}
