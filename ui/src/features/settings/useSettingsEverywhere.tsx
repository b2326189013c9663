import { KeyRound, MessageCircleQuestion, Palette, RotateCcw, ShieldCheck, Stethoscope, Store as Shop, Trash2 } from "lucide-react";
import { t } from "../../i18n";
import { type Safety, type Store, useIsWriting, useStoreState, useWrite } from "../../ipc";
import type { Action } from "../../lib/actions";
import { type SettingsPlace, useGo } from "../../lib/go";
import { useTellTrouble } from "../../lib/telling";
import { hasOlder } from "./olderToken";

const modes: readonly Safety[] = ["readOnly", "askAlways", "askRisky"];

/** What can be asked of a store's settings on every screen. */
export function useSettingsEverywhere(store: Store): () => Action[] {
  const go = useGo();
  const onError = useTellTrouble();
  const { mutate: edit } = useWrite("editStore", { onError });
  const { mutate: takeOlder } = useWrite("takeOlderToken", { onError });
  const taking = useIsWriting("takeOlderToken", { store: store.key });
  const state = useStoreState(store.key);
  const has = state?.token;
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
    const storefront: Action = {
      id: "storefront-access",
      group,
      label: t("storefront.title"),
      more,
      icon: <Shop aria-hidden />,
      words: t("storefront.words"),
      run: () => go.settings(store.key, { show: "storefront" }),
    };
    const asking: Action = {
      id: "storefront-ask",
      group,
      label: t("ask.title"),
      icon: <MessageCircleQuestion aria-hidden />,
      words: t("storefront.words"),
      run: () => go.storefront(store.key),
    };
    const looks: Action = {
      id: "store-looks",
      group,
      label: t("palette.nameAndColor"),
      more,
      icon: <Palette aria-hidden />,
      run: () => go.settings(store.key, { show: "store" }),
    };
    const { key, name, color } = store;
    const safety = modes.map(
      (mode): Action => ({
        id: `safety-${mode}`,
        group,
        label: t("palette.safety", { mode: t(`safety.${mode}`) }),
        icon: <ShieldCheck aria-hidden />,
        words: t("store.safety"),
        offBecause: store.safety === mode ? t("palette.inForce") : null,
        run: () => edit({ store: key, name, color, safety: mode }),
      }),
    );
    const doctor: Action = {
      id: "doctor",
      group,
      label: t("palette.doctor"),
      more,
      icon: <Stethoscope aria-hidden />,
      words: t("doctor.title"),
      run: ask("doctor"),
    };
    const always = [storefront, asking, doctor, looks, ...safety];
    if (store.isSample) {
      const reset: Action = {
        id: "reset",
        group,
        label: t("settings.sample.reset"),
        more: t("settings.sample"),
        icon: <RotateCcw aria-hidden />,
        run: ask("reset"),
      };
      return [...always, reset, remove];
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
    const older: Action = {
      id: "token-older",
      group,
      label: t("palette.takeOlder"),
      more,
      icon: <KeyRound aria-hidden />,
      // There one sees that the keychain asks, and can stop it.
      run: () => {
        go.settings(store.key);
        takeOlder({ store: store.key });
      },
    };
    return [token, ...(hasOlder(store, state) && !taking ? [older] : []), ...always, remove];
  };
}
