import { useLocation } from "@tanstack/react-router";
import { ExternalLink, History, Moon, Package, RefreshCw, Rows3, Search, Settings2, Store as Shop, Sun, SunMoon } from "lucide-react";
import type { ReactNode } from "react";
import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import { type Store, useRead, useWrite } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { type OrdersPlace, useGo } from "../../lib/go";
import { isMac } from "../../lib/platform";
import { incomplete, statusMark } from "../../lib/statuses";
import { searchFieldId } from "../SearchField";

/** Something the window can do. */
export type Command = {
  /** Tells it from the others. */
  id: string;
  /** Its name. */
  label: string;
  /** What it stands under. */
  group: string;
  /** Quietly behind the name. */
  more?: string;
  /** Before the name. */
  icon: ReactNode;
  /** Keys that do the same. */
  keys?: readonly string[];
  /** Does it. */
  run: () => void;
};

/** Everything that can be done from here, what is open first. */
export function useCommands(store: Store): { commands: Command[]; order: string | null } {
  const go = useGo();
  const location = useLocation();
  const changing = useChanging();
  const app = useRead("appState", undefined).data;
  const statuses = useRead("statuses", { store: store.key }).data?.statuses ?? [];
  const { mutate: refresh } = useWrite("refresh");
  const { mutate: setPreferences } = useWrite("setPreferences");
  const { mutate: openPage } = useWrite("openPage");
  const order =
    location.pathname === `/store/${store.key}/orders` ? ((location.search as OrdersPlace).open ?? null) : null;
  const detail = useRead("order", { store: store.key, order: order ?? "" }, { enabled: order !== null }).data;
  const command = t(isMac ? "key.cmd" : "key.ctrl");

  const commands: Command[] = [];
  if (order !== null) {
    const group = t("palette.thisOrder");
    if (store.safety !== "readOnly" && detail && !detail.pending.some(
        ({ field, state }) => field === "status" && (state === "waiting" || state === "sending" || state === "unknown"),
      )) {
      for (const { statusId, label } of statuses) {
        if (statusId === incomplete || statusId === detail.statusId) continue;
        commands.push({
          id: `status-${statusId}`,
          group,
          label: t("palette.changeStatus", { label }),
          icon: <Mark {...statusMark(statusId)} />,
          run: () => changing.propose({ store: store.key, changes: [{ order, statusId, staffNotes: null }] }),
        });
      }
    }
    // The sample store has no control panel.
    if (!store.isSample) {
      commands.push({
        id: "open-page",
        group,
        label: t("palette.openPanel"),
        icon: <ExternalLink aria-hidden />,
        run: () => openPage({ store: store.key, page: "order", order }),
      });
    }
  }

  const goTo = t("palette.goTo");
  commands.push(
    { id: "orders", group: goTo, label: t("palette.goOrders"), icon: <Package aria-hidden />, run: () => go.orders(store.key, { status: "all" }) },
    ...statuses
      .filter(({ count }) => count > 0)
      .map(({ statusId, label, count }) => ({
        id: `tab-${statusId}`,
        group: goTo,
        label: t("palette.goStatus", { label }),
        more: t("orders.count", { n: count }),
        icon: <Mark {...statusMark(statusId)} />,
        run: () => go.orders(store.key, { status: String(statusId) }),
      })),
    { id: "activity", group: goTo, label: t("palette.goActivity"), icon: <History aria-hidden />, run: () => go.activity(store.key) },
    { id: "settings", group: goTo, label: t("palette.goSettings"), icon: <Settings2 aria-hidden />, run: () => go.settings(store.key) },
    {
      id: "search",
      group: goTo,
      label: t("palette.search"),
      icon: <Search aria-hidden />,
      keys: [command, "F"],
      run: () => document.getElementById(searchFieldId)?.focus(),
    },
  );

  (app?.stores ?? []).forEach((one, at) => {
    commands.push({
      id: `store-${one.key}`,
      group: t("palette.stores"),
      label: t("palette.openStore", { name: one.name }),
      icon: <Shop aria-hidden />,
      ...(at < 9 ? { keys: [command, String(at + 1)] } : {}),
      run: () => go.store(one.key),
    });
  });
  commands.push({
    id: "connect",
    group: t("palette.stores"),
    label: t("frame.connect"),
    icon: <Shop aria-hidden />,
    run: () => go.connect(),
  });

  const inWindow = t("palette.window");
  const preferences = app?.preferences ?? {};
  commands.push({
    id: "refresh",
    group: inWindow,
    label: t("palette.refresh"),
    icon: <RefreshCw aria-hidden />,
    run: () => refresh({ store: store.key }),
  });
  for (const theme of ["light", "dark", "system"] as const) {
    if (preferences.theme === theme) continue;
    const icon = theme === "light" ? <Sun aria-hidden /> : theme === "dark" ? <Moon aria-hidden /> : <SunMoon aria-hidden />;
    commands.push({
      id: `theme-${theme}`,
      group: inWindow,
      label: t(`palette.theme.${theme}`),
      icon,
      run: () => setPreferences({ ...preferences, theme }),
    });
  }
  for (const density of ["compact", "comfortable"] as const) {
    if (preferences.density === density) continue;
    commands.push({
      id: `density-${density}`,
      group: inWindow,
      label: t(`palette.density.${density}`),
      icon: <Rows3 aria-hidden />,
      run: () => setPreferences({ ...preferences, density }),
    });
  }
  return { commands, order };
}
