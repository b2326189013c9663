import { Bell, BellOff, ExternalLink, Keyboard, KeyRound, RefreshCw, Search, Store as Shop } from "lucide-react";
import { useActivityEverywhere } from "../features/activity/useActivityEverywhere";
import { useOrdersEverywhere } from "../features/orders/useOrdersEverywhere";
import { useProductsEverywhere } from "../features/products/useProductsEverywhere";
import { useSettingsEverywhere } from "../features/settings/useSettingsEverywhere";
import { t } from "../i18n";
import { type Preferences, type Store, useRead, useStoreState, useWrite } from "../ipc";
import { type Action, useOffer } from "../lib/actions";
import { useGo } from "../lib/go";
import { useTellTrouble } from "../lib/telling";
import { focusSearch } from "./SearchField";
import { screens } from "./screens";
import { useBackAndForth, useStoresEverywhere, useWindowEverywhere } from "./useEverywhere";
import { useUnreadableEverywhere } from "./useUnreadableEverywhere";

/** What the frame itself can open. */
export type FrameParts = {
  /** The list of shortcuts. */
  onKeys: () => void;
  /** The list of actions. */
  onPalette: () => void;
};

/** Offers everything that can be done on every screen of a store. */
export function useFrameActions(store: Store, { onKeys, onPalette }: FrameParts): void {
  const go = useGo();
  const app = useRead("appState", undefined).data;
  const state = useStoreState(store.key);
  const onError = useTellTrouble();
  const { mutate: refresh } = useWrite("refresh", { onError });
  const { mutate: unlock } = useWrite("unlock", { onError });
  const { mutate: setPreferences } = useWrite("setPreferences", { onError });
  const { mutate: openPage } = useWrite("openPage", { onError });
  const backAndForth = useBackAndForth();
  const storesEverywhere = useStoresEverywhere(store.key);
  const windowEverywhere = useWindowEverywhere(onPalette);
  const ordersEverywhere = useOrdersEverywhere(store.key);
  const productsEverywhere = useProductsEverywhere(store);
  const activityEverywhere = useActivityEverywhere(store);
  const settingsEverywhere = useSettingsEverywhere(store);
  const unreadableEverywhere = useUnreadableEverywhere(store);

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
      ...backAndForth(),
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
    const announces = preferences.announceOrders ?? true;
    const letters = preferences.letterKeys ?? true;
    return [
      { id: "search", group, label: t("palette.search"), icon: <Search aria-hidden />, keys: "search", run: focusSearch },
      { id: "keys", group, label: t("keys.title"), icon: <Keyboard aria-hidden />, keys: "keys", run: onKeys },
      ...windowEverywhere(),
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
    ...unreadableEverywhere(),
    ...activityEverywhere(),
    ...settingsEverywhere(),
    ...storesEverywhere(),
    ...theWindow(),
    ...ordersEverywhere(),
    ...productsEverywhere(),
  ]);
}
