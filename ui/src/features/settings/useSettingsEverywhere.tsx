import { KeyRound, RotateCcw, Trash2 } from "lucide-react";
import { t } from "../../i18n";
import { type Store, useStoreState } from "../../ipc";
import type { Action } from "../../lib/actions";
import { type SettingsPlace, useGo } from "../../lib/go";

/** What can be asked of a store's settings on every screen. */
export function useSettingsEverywhere(store: Store): () => Action[] {
  const go = useGo();
  const has = useStoreState(store.key)?.token;
  // What another token would lose, and what goes with the old one, is for the wizard to say.
  const none = has === "missing" || has === "noKeychain";
  return () => {
    const group = t("palette.thisStore");
    const more = t("settings.title");
    const ask = (what: NonNullable<SettingsPlace["ask"]>) => () => go.settings(store.key, { ask: what });
    const remove: Action = {
      id: "remove",
      group,
      label: t("settings.remove.button"),
      more,
      icon: <Trash2 aria-hidden />,
      run: ask("remove"),
    };
    if (store.isSample) {
      const reset: Action = {
        id: "reset",
        group,
        label: t("settings.sample.reset"),
        more: t("settings.sample"),
        icon: <RotateCcw aria-hidden />,
        run: ask("reset"),
      };
      return [reset, remove];
    }
    const token: Action = {
      id: "token",
      group,
      label: t(none ? "settings.token.give" : "settings.token.replace"),
      more,
      icon: <KeyRound aria-hidden />,
      offBecause: store.mayConnect ? null : t("order.off.origin"),
      run: none ? ask("token") : () => go.connect(store.key),
    };
    return [token, remove];
  };
}
