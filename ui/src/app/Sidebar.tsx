import { useLocation } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-aria-components";
import { Badge } from "../components/Badge";
import { t } from "../i18n";
import { type Store, useStoreState } from "../ipc";
import { classes } from "../lib/classes";
import { count } from "../lib/counts";
import { useGo } from "../lib/go";
import { screens } from "./screens";
import css from "./Sidebar.module.css";
import { StoreSwitcher } from "./StoreSwitcher";

/** Props of {@link Sidebar}. */
export type SidebarProps = {
  /** The store that is open. */
  store: Store;
};

/** Past a thousand nobody counts; and there is room for three figures. */
const few = (n: number) => (n > 999 ? t("nav.many") : count(n));

/** Left: which store, which screen, and how careful the store is with changes. A rail in a narrow window. */
export function Sidebar({ store }: SidebarProps) {
  const go = useGo();
  const state = useStoreState(store.key);
  const path = useLocation({ select: (location) => location.pathname });
  const awaiting = state?.awaitingFulfillment ?? 0;
  const toLookAt = state?.changesToLookAt ?? 0;

  const badges: Record<string, ReactNode> = {
    orders:
      awaiting > 0 ? (
        <Badge look="count" label={t("nav.awaiting", { n: awaiting })}>
          {few(awaiting)}
        </Badge>
      ) : null,
    activity: toLookAt > 0 ? <Badge label={t("nav.toLookAt", { n: toLookAt })}>{few(toLookAt)}</Badge> : null,
  };

  return (
    <aside className={css["sidebar"]}>
      <StoreSwitcher store={store} />
      <nav aria-label={t("frame.nav")} className={css["nav"]}>
        <ul>
          {screens.map((screen) => {
            const at = `/store/${store.key}/${screen.id}`;
            // A thing's own page belongs to the screen it was opened from.
            const here = path === at || path.startsWith(`${at}/`);
            return (
              <li key={screen.id}>
                <Link
                  className={classes(css["item"], here && css["here"])}
                  aria-current={here ? "page" : undefined}
                  onPress={() => screen.go(go, store.key)}
                >
                  {screen.icon}
                  <span className={css["label"]}>{t(screen.label)}</span>
                  {badges[screen.id] ? <span className={css["badge"]}>{badges[screen.id]}</span> : null}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <p className={css["foot"]} title={t(`safety.${store.safety}`)}>
        <ShieldCheck aria-hidden />
        <span className={css["label"]}>{t(`safety.${store.safety}`)}</span>
      </p>
    </aside>
  );
}
