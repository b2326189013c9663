import { ArrowLeft, ArrowRight, Contrast, Monitor, Moon, Plus, Rows2, Rows3, Search, Sun } from "lucide-react";
import { StoreDot } from "../components/StoreDot";
import { t } from "../i18n";
import { type AppState, type Preferences, useRead, useWrite } from "../ipc";
import type { Action } from "../lib/actions";
import { useWayBack } from "../lib/back";
import { useGo } from "../lib/go";
import { storeShortcuts } from "../lib/shortcuts";
import { useTellTrouble } from "../lib/telling";

const themes = [
  ["light", <Sun key="light" aria-hidden />],
  ["dark", <Moon key="dark" aria-hidden />],
  ["system", <Monitor key="system" aria-hidden />],
] as const;

const contrasts = [
  ["high", <Contrast key="high" aria-hidden />],
  ["system", <Monitor key="system" aria-hidden />],
] as const;

const densities = [
  ["compact", <Rows3 key="compact" aria-hidden />],
  ["comfortable", <Rows2 key="comfortable" aria-hidden />],
] as const;

/** What is known of the app, without asking: the root has asked, and shows why where there was no answer. */
export function useAppAsItIs(): AppState | undefined {
  return useRead("appState", undefined, { enabled: false }).data;
}

/** The window's way back and forth. */
export function useBackAndForth(): () => Action[] {
  const way = useWayBack();
  return () => {
    const group = t("palette.goTo");
    return [
      {
        id: "go-back",
        group,
        label: t("palette.back"),
        icon: <ArrowLeft aria-hidden />,
        keys: "back",
        offBecause: way.leads ? null : t("palette.nothingBefore"),
        run: () => way.back(),
      },
      {
        id: "go-forward",
        group,
        label: t("palette.forward"),
        icon: <ArrowRight aria-hidden />,
        keys: "forward",
        run: () => way.forward(),
      },
    ];
  };
}

/** Every store there is to go to, and a new one. `open` is the one that is shown; `null` where none is. */
export function useStoresEverywhere(open: string | null): () => Action[] {
  const go = useGo();
  const stores = useAppAsItIs()?.stores ?? [];
  return () => {
    const group = t("palette.stores");
    return [
      ...stores.map((one, at) => ({
        id: `store-${one.key}`,
        group,
        label: t("palette.openStore", { name: one.name }),
        icon: <StoreDot color={one.color} />,
        keys: storeShortcuts[at],
        offBecause: one.key === open ? t("palette.openAlready") : null,
        run: () => go.store(one.key),
      })),
      { id: "connect", group, label: t("frame.connect"), icon: <Plus aria-hidden />, run: () => go.connect() },
    ];
  };
}

/** How the window looks, and the list of all this itself. */
export function useWindowEverywhere(onPalette: () => void): () => Action[] {
  const app = useAppAsItIs();
  const { mutate: setPreferences } = useWrite("setPreferences", { onError: useTellTrouble() });
  return () => {
    const group = t("palette.window");
    const preferences: Preferences = app?.preferences ?? {};
    const inForce = t("palette.inForce");
    const looks: Action[] = [
      ...themes.map(([theme, icon]) => ({
        id: `theme-${theme}`,
        group,
        label: t(`palette.theme.${theme}`),
        icon,
        offBecause: preferences.theme === theme ? inForce : null,
        run: () => setPreferences({ ...preferences, theme }),
      })),
      ...contrasts.map(([contrast, icon]) => ({
        id: `contrast-${contrast}`,
        group,
        label: t(`palette.contrast.${contrast}`),
        icon,
        offBecause: preferences.contrast === contrast ? inForce : null,
        run: () => setPreferences({ ...preferences, contrast }),
      })),
      ...densities.map(([density, icon]) => ({
        id: `density-${density}`,
        group,
        label: t(`palette.density.${density}`),
        icon,
        offBecause: preferences.density === density ? inForce : null,
        run: () => setPreferences({ ...preferences, density }),
      })),
    ];
    return [
      {
        id: "palette",
        group,
        label: t("palette.label"),
        icon: <Search aria-hidden />,
        keys: "commands",
        unlisted: true,
        run: onPalette,
      },
      // Where the app could not start, nothing is known of how the window looks, and nothing could be kept.
      ...(app ? looks : []),
    ];
  };
}
