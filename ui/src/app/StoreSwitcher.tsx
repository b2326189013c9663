import { ChevronsUpDown, Plus, Settings2 } from "lucide-react";
import { Button as Pressable } from "react-aria-components";
import { Badge } from "../components/Badge";
import { Keys } from "../components/Keys";
import { Menu } from "../components/Menu";
import { StoreDot } from "../components/StoreDot";
import { t } from "../i18n";
import { type Store, useRead, useStoreState } from "../ipc";
import { factLine } from "../lib/factLine";
import { useGo } from "../lib/go";
import { useNow } from "../lib/now";
import { shownKeys, storeShortcuts } from "../lib/shortcuts";
import { freshness } from "./statusWords";
import css from "./StoreSwitcher.module.css";

/** Props of {@link StoreSwitcher}. */
export type StoreSwitcherProps = {
  /** The store that is open. */
  store: Store;
};

const facts = (one: Store) =>
  one.isSample ? t("frame.samplePlan") : one.plan ? t("frame.plan", { plan: one.plan }) : one.domain || one.hash;

const said = (one: Store) => `${one.name}, ${one.isSample ? t("common.sample") : facts(one)}`;

/** Which store is open, and the way to the others. */
export function StoreSwitcher({ store }: StoreSwitcherProps) {
  const go = useGo();
  const stores = useRead("appState", undefined).data?.stores ?? [store];

  return (
    <Menu
      label={t("frame.stores")}
      width={376}
      trigger={
        // Its name holds all that is written in it: who speaks to the computer says what they see.
        <Pressable className={css["switcher"]!} aria-label={t("frame.storeSwitcher", { name: said(store) })}>
          <StoreDot color={store.color} />
          <span className={css["names"]}>
            <span className={css["name"]}>{store.name}</span>{" "}
            {store.isSample ? (
              <Badge>{t("common.sample")}</Badge>
            ) : (
              <span className={css["plan"]}>{facts(store)}</span>
            )}
          </span>
          <ChevronsUpDown className={css["sign"]} aria-hidden />
        </Pressable>
      }
      groups={[
        {
          id: "stores",
          choices: stores.map((one, at) => ({
            id: one.key,
            label: one.name,
            icon: <StoreDot color={one.color} />,
            // The sample store is not begun only to be told of.
            more: one.isSample && one.key !== store.key ? facts(one) : <About store={one} />,
            moreBelow: true,
            current: one.key === store.key,
            end: (
              <>
                {one.key === store.key || one.isSample ? null : <News store={one} />}
                {one.isSample ? <Badge>{t("common.sample")}</Badge> : null}
                {storeShortcuts[at] ? <Keys keys={shownKeys(storeShortcuts[at])} /> : null}
              </>
            ),
            onChoose: () => go.store(one.key),
          })),
        },
        {
          id: "more",
          choices: [
            {
              id: "connect-a-store",
              label: t("frame.connect"),
              icon: <Plus aria-hidden />,
              onChoose: () => go.connect(),
            },
            {
              id: "this-stores-settings",
              label: t("frame.storeSettings"),
              icon: <Settings2 aria-hidden />,
              onChoose: () => go.settings(store.key),
            },
          ],
        },
      ]}
    />
  );
}

/** What a store is, and how fresh what is here of it is: as its pill says, without its requests. */
function About({ store }: StoreSwitcherProps) {
  const state = useStoreState(store.key);
  const now = useNow(1000);
  return factLine([facts(store), state ? freshness(state, now) : null]);
}

/** What goes on in a store that isn't looked at: changes that wait for somebody, or that are on their way. */
function News({ store }: StoreSwitcherProps) {
  const state = useStoreState(store.key);
  const toLookAt = state?.changesToLookAt ?? 0;
  const waiting = state?.changesWaiting ?? 0;
  if (toLookAt > 0) return <Badge look="count">{t("nav.toLookAt", { n: toLookAt })}</Badge>;
  return waiting > 0 ? <Badge>{t("frame.onTheWay", { n: waiting })}</Badge> : null;
}
