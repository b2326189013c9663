import { ExternalLink, KeyRound } from "lucide-react";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { GiveTokenDialog } from "../../components/GiveTokenDialog";
import { Notice } from "../../components/Notice";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type KeychainInfo, type Store, type StoreState, useCollection, useEnvironmentOffer, useIsWriting, useKeychain, useRead, useStorefrontTokens, useStoreState, useWrite } from "../../ipc";
import { useGiveToken } from "../../ipc/giveToken";
import { lastFailure } from "../../lib/failure";
import { useGo } from "../../lib/go";
import { levelWord } from "../../lib/levels";
import { scopeWord } from "../../lib/scopes";
import { useTellTrouble } from "../../lib/telling";
import { type NextStep, troubleWords } from "../../lib/trouble";
import { missedScopes } from "./missed";
import { hasOlder } from "./olderToken";
import { Part } from "./Part";
import css from "./Settings.module.css";
import { useAsking } from "./useAsking";
import { useKeychainWait } from "./useKeychainWait";

/** Props of {@link TokenPart}. */
export type TokenPartProps = {
  /** The store. */
  store: Store;
};

/** Where a store's token lives, how it stands, and how to give another. */
export function TokenPart({ store }: TokenPartProps) {
  const go = useGo();
  const state = useStoreState(store.key);
  const keychain = useKeychain().data ?? null;
  const collection = useCollection(store.key);
  const unlock = useWrite("unlock");
  const cancelUnlock = useWrite("cancelUnlock", { onError: useTellTrouble() });
  const takeOlder = useWrite("takeOlderToken");
  // Also from the palette.
  const taking = useIsWriting("takeOlderToken", { store: store.key });
  const takingWaits = useKeychainWait(store.key, taking, true) !== "no";
  const openPage = useWrite("openPage");
  const giving = useGiveToken(store.key);
  const [asking, setAsking] = useAsking(store.key, "token");

  const presets = useRead("presets", undefined).data;
  const { current, spare, lost } = useStorefrontTokens(store.key);
  const environment = useEnvironmentOffer();
  const usesStorefront = current !== null || spare !== null || lost.length > 0;
  const preset = presets?.presets.find(({ preset }) => preset === store.preset)?.scopes;
  const asked = preset ? [...preset, ...(usesStorefront ? presets.storefront : [])] : null;
  // What was asked for is known a moment later than what is missing: until then none of it is said.
  const missing = presets ? missedScopes(store, asked) : [];

  const token = state?.token ?? null;
  const none = token === "missing" || token === "noKeychain";
  const unlocking = token === "unlocking" || unlock.isPending || takingWaits;
  // Of both, only what was asked for last says how it stands.
  const failed = lastFailure(unlock, takeOlder);
  const isTrouble = failed && failed.code !== "cancelled" && token !== "ready" && !unlocking && !taking;
  const trouble = isTrouble ? failed : null;
  const older = hasOlder(store, state);
  const canGive = store.mayConnect && !store.isSample;
  const steps: readonly NextStep[] = canGive ? ["unlock", "giveToken", "untilQuit"] : ["unlock"];
  const step = trouble ? troubleWords(trouble).step : null;
  const act = (what: NextStep) => {
    if (what === "unlock") (older ? takeOlder : unlock).mutate({ store: store.key });
    else setAsking(true);
  };

  return (
    <Part title={t("settings.token")} more={t("settings.token.more")}>
      <dl className={css["facts"]}>
        <dt>{t("settings.token.home")}</dt>
        <dd>{home(store, state, keychain, collection)}</dd>
        {store.tokenEntry ? (
          <>
            <dt>{t(store.tokenHome === "untilQuit" ? "settings.token.entry.older" : "settings.token.entry")}</dt>
            <dd className={css["copied"]} data-selectable>
              {store.tokenEntry} <CopyButton text={store.tokenEntry} what={t("settings.token.entry.what")} />
            </dd>
          </>
        ) : null}
        {store.tokenLast4 && !none ? (
          <>
            <dt>{t("settings.token.last4")}</dt>
            <dd className={css["code"]}>{store.tokenLast4}</dd>
          </>
        ) : null}
        {store.isSample ? null : (
          <>
            <dt>{t("settings.token.for")}</dt>
            <dd>{t(`preset.${store.preset}`)}</dd>
          </>
        )}
        {token ? (
          <>
            <dt>{t("settings.token.state")}</dt>
            <dd>{t(`settings.token.state.${token}`)}</dd>
          </>
        ) : null}
      </dl>
      {missing.length > 0 ? (
        <div className={css["wide"]}>
          <Notice
            gravity="warn"
            title={t("settings.token.missing", {
              n: missing.length,
              scopes: missing
                .map(({ scope, level }) => t("settings.token.scope", { label: scopeWord(scope), level: levelWord(level) }))
                .join(", "),
            })}
            action={<Button onPress={() => go.connect(store.key)}>{t("settings.token.connectAgain")}</Button>}
          >
            {t("settings.token.missing.more")}
          </Notice>
        </div>
      ) : null}
      {unlocking ? (
        <div className={css["wide"]}>
          <Notice
            title={t("token.waiting")}
            icon={<KeyRound aria-hidden />}
            announce
            action={<Button onPress={() => cancelUnlock.mutate({ store: store.key })}>{t("common.cancel")}</Button>}
          >
            {t("token.waiting.more")}
          </Notice>
        </div>
      ) : trouble ? (
        <div className={css["wide"]}>
          <Trouble error={trouble} steps={steps} onStep={act} />
        </div>
      ) : null}
      {store.mayConnect ? null : (
        <div className={css["wide"]}>
          <Trouble error={{ code: "otherOrigin" }} />
        </div>
      )}
      {store.isSample ? null : (
        <div className={css["actions"]}>
          {/* What the trouble offers is not offered twice. */}
          {token === "locked" && !unlocking && step !== "unlock" ? (
            <Button onPress={() => act("unlock")}>
              {t("settings.token.unlock", { keychain: keychain?.name || t("token.thisKeychain") })}
            </Button>
          ) : null}
          {older && !unlocking && step !== "unlock" ? (
            <Button onPress={() => takeOlder.mutate({ store: store.key })} isDisabled={taking}>
              {t("settings.token.takeOlder")}
            </Button>
          ) : null}
          {store.mayConnect && !(none && (step === "giveToken" || step === "untilQuit")) ? (
            <Button onPress={() => (none ? setAsking(true) : go.connect(store.key))}>
              {t(none ? "settings.token.give" : "settings.token.replace")}
            </Button>
          ) : null}
          <Button
            look="quiet"
            icon={<ExternalLink aria-hidden />}
            onPress={() => openPage.mutate({ store: store.key, page: "apiAccounts", id: null })}
          >
            {t("settings.token.accounts")}
          </Button>
        </div>
      )}
      {openPage.error && !asking ? (
        <div className={css["wide"]}>
          <Trouble error={openPage.error} />
        </div>
      ) : null}
      {asking ? (
        <GiveTokenDialog
          name={store.name}
          replaces={!none}
          keychain={keychain}
          busy={giving.busy}
          error={giving.error}
          onGive={giving.give}
          notOpened={openPage.error}
          onOpenBigCommerce={() => openPage.mutate({ store: store.key, page: "apiAccounts", id: null })}
          onEnvironment={environment?.hash === store.hash ? () => go.connect(store.key) : null}
          onClose={() => {
            giving.stop();
            setAsking(false);
          }}
        />
      ) : null}
    </Part>
  );
}

function home(store: Store, state: StoreState | null, keychain: KeychainInfo | null, collection: string): string {
  if (state?.token === "missing") return t("settings.token.home.missing");
  switch (store.tokenHome) {
    case "keychain":
      return keychain?.name
        ? t("token.keychain.collection", { name: keychain.name, collection: collection || "none" })
        : t("token.thisKeychain");
    case "untilQuit":
      return t("settings.token.home.untilQuit");
    case "sample":
      return t("settings.token.home.sample");
  }
}
