import { useLocation } from "@tanstack/react-router";
import { History, Package, Settings2, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-aria-components";
import { Badge } from "../components/Badge";
import { t } from "../i18n";
import { type Store, useStoreState } from "../ipc";
import { classes } from "../lib/classes";
import { count } from "../lib/counts";
import { useGo } from "../lib/go";
import css from "./Sidebar.module.css";
import { StoreSwitcher } from "./StoreSwitcher";

/** Props of {@link Sidebar}. */
export type SidebarProps = {
  /** The store that is open. */
  store: Store;
};

/** Left: which store, which screen, and how careful the store is with changes. A rail in a narrow window. */
export function Sidebar({ store }: SidebarProps) {
  const go = useGo();
  const state = useStoreState(store.key);
  const path = useLocation({ select: (location) => location.pathname });
  const awaiting = state?.awaitingFulfillment ?? 0;
  const toLookAt = state?.changesToLookAt ?? 0;

  const item = (to: string, label: string, icon: ReactNode, onPress: () => void, badge?: ReactNode) => {
    const here = path === `/store/${store.key}/${to}`;
    return (
      <li>
        <Link
          className={classes(css["item"], here && css["here"])}
          aria-current={here ? "page" : undefined}
          onPress={onPress}
        >
          {icon}
          <span className={css["label"]}>{label}</span>
          {badge}
        </Link>
      </li>
    );
  };

  return (
    <aside className={css["sidebar"]}>
      <StoreSwitcher store={store} />
      <nav aria-label={t("frame.nav")} className={css["nav"]}>
        <ul>
          {item(
            "orders",
            t("nav.orders"),
            <Package aria-hidden />,
            () => go.orders(store.key),
            awaiting > 0 ? (
              <Badge look="count" label={t("nav.awaiting", { n: awaiting })}>
                {count(awaiting)}
              </Badge>
            ) : null,
          )}
          {item(
            "activity",
            t("nav.activity"),
            <History aria-hidden />,
            () => go.activity(store.key),
            toLookAt > 0 ? (
              <span className={css["quietCount"]}>
                <Badge label={t("nav.toLookAt", { n: toLookAt })}>{count(toLookAt)}</Badge>
              </span>
            ) : null,
          )}
          {item("settings", t("nav.settings"), <Settings2 aria-hidden />, () => go.settings(store.key))}
        </ul>
      </nav>
      <p className={css["foot"]} title={t(`safety.${store.safety}`)}>
        <ShieldCheck aria-hidden />
        <span className={css["label"]}>{t(`safety.${store.safety}`)}</span>
      </p>
    </aside>
  );
}
