import { ArrowLeft, ArrowRight, Bell, BellOff, Contrast, ExternalLink, Keyboard, KeyRound, Monitor, Moon, Plus, RefreshCw, Rows2, Rows3, Search, Store as Shop, Sun } from "lucide-react";
import { StoreDot } from "../components/StoreDot";
import { useActivityEverywhere } from "../features/activity/useActivityEverywhere";
import { useOrdersEverywhere } from "../features/orders/useOrdersEverywhere";
import { useProductsEverywhere } from "../features/products/useProductsEverywhere";
import { useSettingsEverywhere } from "../features/settings/useSettingsEverywhere";
import { t } from "../i18n";
import { type Preferences, type Store, useRead, useStoreState, useWrite } from "../ipc";
import { type Action, useOffer } from "../lib/actions";
import { useWayBack } from "../lib/back";
import { useGo } from "../lib/go";
import { storeShortcuts } from "../lib/shortcuts";
import { focusSearch } from "./SearchField";
import { screens } from "./screens";

/** What the frame itself can open. */
export type FrameParts = {
  /** The list of shortcuts. */
  onKeys: () => void;
  /** The list of actions. */
  onPalette: () => void;
};

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

/** Offers everything that can be done on every screen of a store. */
export function useFrameActions(store: Store, { onKeys, onPalette }: FrameParts): void {
  const go = useGo();
  const way = useWayBack();
  const app = useRead("appState", undefined).data;
  const state = useStoreState(store.key);
  const { mutate: refresh } = useWrite("refresh");
  const { mutate: unlock } = useWrite("unlock");
  const { mutate: setPreferences } = useWrite("setPreferences");
  const { mutate: openPage } = useWrite("openPage");
  const ordersEverywhere = useOrdersEverywhere(store.key);
  const productsEverywhere = useProductsEverywhere(store);
  const activityEverywhere = useActivityEverywhere(store);
  const settingsEverywhere = useSettingsEverywhere(store);

  const goThere = (): Action[] => {
    const group = t("palette.goTo");
    return [
      ...screens.map((screen) => ({
        id: `go-${screen.id}`,
        group,
        label: t(screen.label),
        icon: screen.icon,
        keys: screen.keys,
        run: () => screen.go(go, store.key),
      })),
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

  const stores = (): Action[] => {
    const group = t("palette.stores");
    const others = (app?.stores ?? []).map((one, at) => ({
      id: `store-${one.key}`,
      group,
      label: t("palette.openStore", { name: one.name }),
      icon: <StoreDot color={one.color} />,
      keys: storeShortcuts[at],
      offBecause: one.key === store.key ? t("palette.openAlready") : null,
      run: () => go.store(one.key),
    }));
    return [
      ...others,
      { id: "connect", group, label: t("frame.connect"), icon: <Plus aria-hidden />, run: () => go.connect() },
    ];
  };

  const thisStore = (): Action[] => {
    const group = t("palette.thisStore");
    const actions: Action[] = [
      {
        id: "refresh",
        group,
        label: t("palette.refresh"),
        icon: <RefreshCw aria-hidden />,
        keys: "refresh",
        run: () => refresh({ store: store.key }),
      },
    ];
    if (state?.token === "locked") {
      const run = () => unlock({ store: store.key });
      actions.push({ id: "unlock", group, label: t("palette.unlock"), icon: <KeyRound aria-hidden />, run });
    }
    // The sample store has neither control panel nor storefront.
    if (!store.isSample) {
      for (const page of ["storefront", "apiAccounts"] as const) {
        actions.push({
          id: `page-${page}`,
          group,
          label: t(`palette.page.${page}`),
          icon: page === "storefront" ? <Shop aria-hidden /> : <ExternalLink aria-hidden />,
          run: () => openPage({ store: store.key, page, id: null }),
        });
      }
    }
    return actions;
  };

  const theWindow = (): Action[] => {
    const group = t("palette.window");
    const preferences: Preferences = app?.preferences ?? {};
    const inForce = t("palette.inForce");
    const announces = preferences.announceOrders ?? true;
    const letters = preferences.letterKeys ?? true;
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
      { id: "search", group, label: t("palette.search"), icon: <Search aria-hidden />, keys: "search", run: focusSearch },
      { id: "keys", group, label: t("keys.title"), icon: <Keyboard aria-hidden />, keys: "keys", run: onKeys },
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
      {
        id: "announce",
        group,
        label: t(announces ? "palette.announce.off" : "palette.announce.on"),
        icon: announces ? <BellOff aria-hidden /> : <Bell aria-hidden />,
        words: t("settings.habits"),
        run: () => setPreferences({ ...preferences, announceOrders: !announces }),
      },
      {
        id: "letter-keys",
        group,
        label: t(letters ? "palette.letterKeys.off" : "palette.letterKeys.on"),
        icon: <Keyboard aria-hidden />,
        run: () => setPreferences({ ...preferences, letterKeys: !letters }),
      },
    ];
  };

  useOffer("frame", () => [
    ...goThere(),
    ...thisStore(),
    ...activityEverywhere(),
    ...settingsEverywhere(),
    ...stores(),
    ...theWindow(),
    ...ordersEverywhere(),
    ...productsEverywhere(),
  ]);
}
