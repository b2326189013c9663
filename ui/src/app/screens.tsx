import { History, House, Package, Settings2, Tag, Users } from "lucide-react";
import type { ReactNode } from "react";
import type { WordKey } from "../i18n";
import type { Go } from "../lib/go";
import type { ShortcutName } from "../lib/shortcuts";

/** A screen of a store: an entry in the sidebar, in the command list, and with keys of its own. */
export type Screen = {
  /** As it stands in the address, behind the store. */
  id: string;
  /** Its name. */
  label: WordKey;
  /** Before the name. */
  icon: ReactNode;
  /** Keys that go there. */
  keys: ShortcutName;
  /** Goes there. */
  go: (go: Go, store: string) => void;
};

/** Every screen of a store, in the sidebar's order. A new one is added here and to the router. */
export const screens: readonly Screen[] = [
  {
    id: "home",
    label: "nav.home",
    icon: <House aria-hidden />,
    keys: "goHome",
    go: (go, store) => go.home(store),
  },
  {
    id: "orders",
    label: "nav.orders",
    icon: <Package aria-hidden />,
    keys: "goOrders",
    go: (go, store) => go.orders(store),
  },
  {
    id: "products",
    label: "nav.products",
    icon: <Tag aria-hidden />,
    keys: "goProducts",
    go: (go, store) => go.products(store),
  },
  {
    id: "customers",
    label: "nav.customers",
    icon: <Users aria-hidden />,
    keys: "goCustomers",
    go: (go, store) => go.customers(store),
  },
  {
    id: "activity",
    label: "nav.activity",
    icon: <History aria-hidden />,
    keys: "goActivity",
    go: (go, store) => go.activity(store),
  },
  {
    id: "settings",
    label: "nav.settings",
    icon: <Settings2 aria-hidden />,
    keys: "goSettings",
    go: (go, store) => go.settings(store),
  },
];

/** The path within a store, if it leads to one of its screens. */
export function screenPath(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const id = /^\/([a-z]+)(\/(new|\d+))?(\?|$)/.exec(value)?.[1];
  return screens.some((screen) => screen.id === id) ? value : null;
}
