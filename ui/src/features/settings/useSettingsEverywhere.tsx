import { KeyRound, RotateCcw, Trash2 } from "lucide-react";
import { t } from "../../i18n";
import type { Store } from "../../ipc";
import type { Action } from "../../lib/actions";
import { type SettingsPlace, useGo } from "../../lib/go";

/** What can be asked of a store's settings on every screen. */
export function useSettingsEverywhere(store: Store): () => Action[] {
  const go = useGo();
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
      label: t("settings.token.replace"),
      more,
      icon: <KeyRound aria-hidden />,
      offBecause: store.mayConnect ? null : t("order.off.origin"),
      run: ask("token"),
    };
    return [token, remove];
  };
}
