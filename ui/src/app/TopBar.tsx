import { Button } from "../components/Button";
import { Keys } from "../components/Keys";
import { t } from "../i18n";
import type { Store } from "../ipc";
import { ariaKeys, shownKeys } from "../lib/shortcuts";
import { SearchField } from "./SearchField";
import { StatusPill } from "./StatusPill";
import css from "./TopBar.module.css";

/** Props of {@link TopBar}. */
export type TopBarProps = {
  /** The store that is open. */
  store: Store;
  /** Opens the list of commands. */
  onPalette: () => void;
};

/** Top: search, and how the store is doing. */
export function TopBar({ store, onPalette }: TopBarProps) {
  return (
    <header className={css["bar"]}>
      <SearchField store={store.key} />
      <span className={css["space"]} />
      <StatusPill store={store} />
      <Button
        look="quiet"
        onPress={onPalette}
        aria-keyshortcuts={ariaKeys("commands")}
        shortcut={<Keys keys={shownKeys("commands")} />}
      >
        <span className={css["commands"]}>{t("palette.label")}</span>
      </Button>
    </header>
  );
}
