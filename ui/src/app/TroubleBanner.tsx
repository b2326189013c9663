import { Copy, KeyRound, Lock, RefreshCw, TriangleAlert, WifiOff } from "lucide-react";
import { Button } from "../components/Button";
import { CopyWords } from "../components/CopyWords";
import { t } from "../i18n";
import { type AppError, type Store, type StoreState, useKeychain, useRead, useStoreState, useWrite } from "../ipc";
import { useOffer } from "../lib/actions";
import { classes } from "../lib/classes";
import { copy } from "../lib/copy";
import { useGo } from "../lib/go";
import { errorReport } from "../lib/report";
import { useTell, useTellTrouble } from "../lib/telling";
import { type NextStep, stepWords, troubleWords } from "../lib/trouble";
import { StorefrontReminder } from "./StorefrontReminder";
import css from "./TroubleBanner.module.css";

/** Props of {@link TroubleBanner}. */
export type TroubleBannerProps = {
  /** The store that is open. */
  store: Store;
};

/** What keeps the store from being refreshed, if anything does. */
function troubleOf(state: StoreState, store: Store): AppError | null {
  // What the keychain said in so many words tells more than how the token stands.
  if (state.token !== "ready" && state.trouble?.code.startsWith("keychain")) return state.trouble;
  switch (state.token) {
    case "locked":
      return { code: "keychainLocked" };
    case "missing":
      return { code: "keychainNoEntry" };
    case "noKeychain":
      return { code: "keychainAbsent" };
    case "ready":
    case "notAsked":
    case "unlocking":
      break;
  }
  if (state.trouble) return state.trouble.code === "cancelled" ? null : state.trouble;
  return store.mayConnect ? null : { code: "otherOrigin" };
}

function sign(error: AppError) {
  if (error.code === "network") return <WifiOff aria-hidden />;
  if (error.code === "keychainLocked") return <Lock aria-hidden />;
  if (error.code.startsWith("keychain")) return <KeyRound aria-hidden />;
  return <TriangleAlert aria-hidden />;
}

/** Below the top bar, only when something is wrong: the cause, and the one next step. */
export function TroubleBanner({ store }: TroubleBannerProps) {
  const state = useStoreState(store.key);
  const keychain = useKeychain({ enabled: state?.token === "locked" }).data;
  const version = useRead("appState", undefined).data?.version ?? "";
  const go = useGo();
  const tell = useTell();
  // The banner says how the store is doing; not what became of what was pressed in it.
  const onError = useTellTrouble();
  const refresh = useWrite("refresh", { onError });
  const unlock = useWrite("unlock", { onError });
  const cancelUnlock = useWrite("cancelUnlock", { onError });
  const unlocking = state?.token === "unlocking";
  const stop = () => cancelUnlock.mutate({ store: store.key });
  const error = state && !unlocking ? (troubleOf(state, store) ?? unlock.error) : null;
  const words = error ? troubleWords(error) : null;
  const report = error?.code === "unexpectedAnswer" ? errorReport(error, { version, doing: "refreshing" }) : null;

  const act = (what: NextStep) => {
    switch (what) {
      case "tryAgain":
        refresh.mutate({ store: store.key });
        return;
      case "unlock":
        unlock.mutate({ store: store.key });
        return;
      case "giveToken":
      case "replaceToken":
      case "newAccount":
      case "untilQuit":
        go.connect(store.key);
        return;
      case "connectAgain":
        go.connect();
        return;
      case "settings":
        go.settings(store.key);
        return;
      case "startOver":
        // There it is asked first.
        go.settings(store.key, { ask: "reset" });
        return;
      case "none":
        return;
    }
  };

  const label =
    words === null
      ? null
      : words.step === "unlock" && keychain?.name
        ? t("banner.unlockNamed", { name: keychain.name })
        : stepWords(words.step);

  useOffer("frame", () => {
    const group = t("palette.thisStore");
    if (unlocking) {
      return [{ id: "banner-stop", group, label: t("banner.unlocking.stop"), icon: <KeyRound aria-hidden />, run: stop }];
    }
    // A locked keychain is offered to be unlocked by the frame itself, and to start over by the settings.
    if (error === null || words === null || label === null || state?.token === "locked" || words.step === "startOver") {
      return [];
    }
    const step = { id: "banner-step", group, label, more: words.cause, icon: sign(error), run: () => act(words.step) };
    if (report === null) return [step];
    return [
      step,
      {
        id: "banner-report",
        group,
        label: t("report.copy"),
        more: words.cause,
        icon: <Copy aria-hidden />,
        run: () => void copy(report).then((done) => tell(done ? t("report.copied") : t("copy.failed"))),
      },
    ];
  });

  if (!state) return null;

  if (unlocking) {
    return (
      <div className={classes(css["banner"], css["quiet"])} role="status">
        <KeyRound aria-hidden />
        <p className={css["words"]}>
          <strong>{t("banner.unlocking")}</strong> {t("banner.unlocking.more")}
        </p>
        <Button onPress={stop}>{t("banner.unlocking.stop")}</Button>
      </div>
    );
  }

  if (!error && state.pulledAgain) {
    return (
      <div className={classes(css["banner"], css["quiet"])} role="status">
        <RefreshCw aria-hidden />
        <p className={css["words"]}>
          <strong>{t("banner.pulledAgain")}</strong> {t("banner.pulledAgain.more")}
        </p>
      </div>
    );
  }
  // One strip at a time: what is wrong now comes before what will be.
  if (!error || !words) return <StorefrontReminder store={store} />;
  const { cause, more, step, gravity } = words;

  return (
    <div className={classes(css["banner"], css[gravity])} role="status">
      {sign(error)}
      <p className={css["words"]}>
        <strong>{cause}.</strong> {more}
      </p>
      {label ? (
        <Button onPress={() => act(step)} isDisabled={refresh.isPending || unlock.isPending}>
          {label}
        </Button>
      ) : null}
      {report === null ? null : <CopyWords text={report}>{t("report.copy")}</CopyWords>}
    </div>
  );
}
