import { useCallback, useEffect, useRef, useState } from "react";
import { Notice } from "../../components/Notice";
import type { SecretHandle } from "../../components/SecretField";
import { t } from "../../i18n";
import {
  type Attempt,
  type HandFrom,
  type PresetName,
  type Store,
  useBackendEvent,
  useRead,
  useStorefrontTokens,
} from "../../ipc";
import { useGo } from "../../lib/go";
import { CheckStep } from "./CheckStep";
import { Credentials, type HandNote } from "./Credentials";
import { LeaveQuestion } from "./LeaveQuestion";
import { NameIt, type Naming } from "./NameIt";
import { Replaced } from "./Replaced";
import type { PanelLayout } from "./ScopesPicture";
import { isMissing } from "./ScopesTable";
import { usePresetScopes } from "./scopes";
import { freeColor, useWear } from "./storeColor";
import { type TidyWish, onlyDeclined, tidyFor } from "./tidy";
import { useCheck } from "./useCheck";
import { isTokenAtHand, useHandover } from "./useHandover";
import { useReading } from "./useReading";
import { useSaving } from "./useSaving";
import { useWizardKeys } from "./useWizardKeys";
import { WhatMayItDo } from "./WhatMayItDo";
import { WhichStore } from "./WhichStore";
import { type Step, WizardFrame, steps } from "./WizardFrame";

/** Props of {@link Wizard}. */
export type WizardProps = {
  /** The store whose token is to be replaced; `null` to connect a new one. */
  store: Store | null;
  /** A token that is held already, from this computer's environment. */
  given?: Attempt | null;
  /** Begins with what is on the clipboard: the pop-up's text, copied in BigCommerce. */
  paste?: boolean;
  /** Goes back to where one came from. */
  onLeave: () => void;
};

/**
 * The five steps. What was entered is kept while going back and forth, except the token: it is in the backend,
 * or goes there once, straight out of its field, and is only known here by its last four characters.
 */
export function Wizard({ store, given = null, paste = false, onLeave }: WizardProps) {
  const go = useGo();
  const stores = useRead("appState", undefined).data?.stores ?? [];
  const [step, setStep] = useState<Step>(given ? "check" : store || paste ? "credentials" : "store");
  const prefilled = given?.hash ?? store?.hash ?? "";
  const [address, setAddress] = useState(prefilled);
  const [secretCleared, setSecretCleared] = useState(false);
  const [refused, setRefused] = useState(false);
  // What the hash field of the third step shows: the hash alone, until it is changed there.
  const [hashText, setHashText] = useState(prefilled);
  const reading = useReading(address);

  const [preset, setPreset] = useState<PresetName>(given?.preset ?? store?.preset ?? "ordersDesk");
  const [layout, setLayout] = useState<PanelLayout>("new");

  const token = useRef<SecretHandle>(null);
  const handover = useHandover(given);
  const { attempt, handed, forget: forgetHanded } = handover;
  const [note, setNote] = useState<{ kind: HandNote; hash: string } | null>(null);
  const [fileOver, setFileOver] = useState(false);
  // A file that was let go where none is taken.
  const [ignored, setIgnored] = useState<{ name: string; why: "busy" | "more" | "saved" } | null>(null);

  const check = useCheck();
  const { start: startCheck, forget: forgetCheck } = check;

  const [named, setNamed] = useState<{ hash: string; naming: Naming } | null>(null);
  const [tidyWish, setTidyWish] = useState<TidyWish>({});
  const saving = useSaving();
  const { saved } = saving;

  const [leaving, setLeaving] = useState(false);

  const connectedAs = attempt?.connectedAs ?? null;
  const connected = stores.find(({ key }) => key === connectedAs) ?? null;
  const sameHash =
    stores.find(({ hash, isSample, mayConnect }) => hash === reading.answer?.hash && !isSample && mayConnect) ?? null;
  // A store that has access to its storefront keeps it, also with the next token.
  const [wantsStorefront, setWantsStorefront] = useState(false);
  // Whose token was to be replaced is not what another store is called after.
  const own = store && (!attempt || attempt.hash === store.hash) ? store : null;
  const known = own ?? connected ?? sameHash;
  const tokens = useStorefrontTokens(known?.key ?? null);
  const hasStorefront = tokens.current !== null || tokens.spare !== null || tokens.lost.length > 0;
  const storefront = wantsStorefront || hasStorefront;
  const scopes = usePresetScopes(preset, storefront);
  const naming = named && (!attempt || attempt.hash === named.hash) ? named.naming : null;
  const shownNaming: Naming = naming ?? {
    name: connected?.name ?? own?.name ?? check.report?.store?.name ?? "",
    color: connected?.color ?? own?.color ?? freeColor(stores),
    // Who only looks can't be asked for more than the token may.
    safety: connected?.safety ?? own?.safety ?? (preset === "lookOnly" ? "readOnly" : "askRisky"),
    // One that was kept in memory does not get into the keychain without being asked for.
    untilQuit: connected?.tokenHome === "untilQuit",
  };
  const tidy = tidyFor(handed, shownNaming.untilQuit, tidyWish);

  useWear(step === "name" ? shownNaming.color : (own?.color ?? null));

  // A token from the environment is checked at once. Once: strict mode mounts twice.
  const checked = useRef(false);
  useEffect(() => {
    if (!given || checked.current) return;
    checked.current = true;
    startCheck(given.attempt);
  }, [given, startCheck]);

  const forgetToken = useCallback(() => {
    forgetHanded();
    forgetCheck();
  }, [forgetHanded, forgetCheck]);

  const changeAddress = (text: string) => {
    setAddress(text);
    setSecretCleared(false);
    setRefused(false);
  };

  // Whatever was pasted here by mistake and may be a secret does not stay in the window.
  const isSecret = reading.current && reading.answer?.kind === "secret";
  useEffect(() => {
    if (!isSecret) return;
    setAddress("");
    setHashText("");
    setSecretCleared(true);
  }, [isSecret]);

  const show = (next: Step) => {
    if (next !== "credentials") handover.clear();
    setIgnored(null);
    saving.forgetError();
    setStep(next);
  };

  const leaveStore = async () => {
    try {
      const { hash } = await reading.readNow();
      if (!hash) {
        setRefused(true);
        return;
      }
      setHashText(hash);
      if (attempt && attempt.hash !== hash) {
        setNote({ kind: "otherHash", hash: attempt.hash });
        forgetToken();
      }
      show("scopes");
    } catch {
      // The first step says why.
    }
  };

  const takeEnvironment = (next: Attempt) => {
    setNote(null);
    handover.take(next);
    setPreset(next.preset);
    changeAddress(next.hash);
    setHashText(next.hash);
    startCheck(next.attempt);
    show("check");
  };

  /** In the third step it was chosen already what the token is for. */
  const takeEnvironmentAsChosen = async (next: Attempt) => {
    setNote(null);
    handover.take(next);
    const chosen = await handover.hand({ kind: "again" }, next.hash, preset, wantsStorefront);
    if (!chosen) return;
    // It came in nothing that could be put away.
    handover.take(chosen);
    startCheck(chosen.attempt);
    show("check");
  };

  const skipStore = () => {
    changeAddress("");
    setHashText("");
    show("scopes");
  };

  const handOver = async (from: HandFrom, hash = hashText) => {
    if (handover.busy) return;
    setNote(null);
    setStep("credentials");
    const next = await handover.hand(from, hash, preset, wantsStorefront);
    if (!next) return;
    // A wish about one file or text is none about the next.
    if (from.kind !== "again") setTidyWish(onlyDeclined);
    setAddress(next.hash);
    setHashText(next.hash);
    startCheck(next.attempt);
    show("check");
  };

  // Once: strict mode mounts twice.
  const pasted = useRef(!paste);
  const begin = useRef(handOver);
  useEffect(() => {
    if (pasted.current) return;
    pasted.current = true;
    void begin.current({ kind: "clipboard" });
  }, []);

  /** The button and the Enter of the third step. */
  const goToCheck = () => {
    if (attempt && attempt.preset === preset && attempt.storefront === storefront) {
      if (!check.report && !check.running) startCheck(attempt.attempt);
      show("check");
      return;
    }
    const typed = token.current?.take() ?? "";
    // A token that only lacked its store, or is wanted for something else, is at hand already.
    const again = typed.trim() === "" && (attempt !== null || isTokenAtHand(handed));
    void handOver(again ? { kind: "again" } : { kind: "typed", token: typed });
  };

  const before = step === "store" || step === "scopes" || step === "credentials";
  useBackendEvent("fileOver", ({ over }) => setFileOver(over && before));
  useBackendEvent("fileDropped", ({ name }) => {
    setIgnored(null);
    if (!before || handover.busy) setIgnored({ name, why: saved ? "saved" : handover.busy ? "busy" : "more" });
    else void handOver({ kind: "dropped" });
  });

  const backToToken = (kind: HandNote | null) => {
    forgetToken();
    setNote(kind ? { kind, hash: hashText } : null);
    show("credentials");
  };

  const toOtherStore = () => {
    forgetToken();
    setNote(null);
    show("store");
  };

  const changeNaming = (next: Naming) => {
    // In memory only, the file or the clipboard may hold the one copy that is left tomorrow.
    if (next.untilQuit !== shownNaming.untilQuit) setTidyWish(onlyDeclined);
    if (attempt) setNamed({ hash: attempt.hash, naming: next });
  };

  const saveStore = (how?: { untilQuit: boolean }) => {
    if (!attempt || saving.busy) return;
    changeNaming({ ...shownNaming, ...how });
    const wanted = { ...shownNaming, ...how, name: shownNaming.name.trim() };
    // A token from the environment came in nothing that could be put away.
    const wish = wanted.untilQuit === shownNaming.untilQuit ? tidyWish : onlyDeclined(tidyWish);
    void saving.save({
      attempt,
      naming: wanted,
      connected,
      putAway: handed ? tidyFor(handed, wanted.untilQuit, wish) : { clipboard: false, file: false },
      fileName: handed?.fileName ?? null,
      onGone: () => backToToken("gone"),
    });
  };

  const stopSaving = () => {
    saving.stop();
    backToToken("cancelled");
  };

  const entered = attempt !== null || handed !== null || address.trim() !== prefilled;
  const leave = () => {
    if (entered) setLeaving(true);
    else onLeave();
  };
  const leaveNow = () => {
    setLeaving(false);
    onLeave();
  };

  const back = () => {
    switch (step) {
      case "store":
        return leave();
      case "scopes":
        // Who came to replace a token did not pass the first step.
        return store ? leave() : show("store");
      case "credentials":
        return show("scopes");
      case "check":
        return check.running ? backToToken("stopped") : show("credentials");
      case "name":
        return saved ? go.orders(saved.store.key) : saving.busy ? stopSaving() : show("check");
    }
  };

  const goOn = () => {
    if (step === "scopes") show("credentials");
    if (step === "credentials" && attempt) goToCheck();
    if (saved) go.orders(saved.store.key);
    if (step === "check") {
      const good = !check.running && !check.error && check.report?.finished && check.report.canSave;
      const fine = check.report?.lines.every(({ state }) => state === "ok") && !check.report.scopes.some(isMissing);
      if (good && fine) show("name");
    }
  };

  useWizardKeys({ back, goOn }, leaving);

  // The backend let the token go, for example because another window took over.
  const gone = check.error?.code === "attemptGone";
  useEffect(() => {
    if (!gone) return;
    forgetToken();
    setNote({ kind: "gone", hash: "" });
    setStep("credentials");
  }, [gone, forgetToken]);

  const missing = check.report?.scopes.filter(isMissing).length ?? 0;
  const knownHash = attempt?.hash ?? reading.answer?.hash ?? hashText;
  return (
    <>
      <WizardFrame
        step={step}
        facts={{
          store: knownHash === "" ? t("wizard.done.skipped") : t("wizard.done.hash", { hash: knownHash }),
          scopes: t("wizard.done.scopes", { preset: t(`preset.${preset}`), n: scopes.length }),
          credentials: attempt ? t("wizard.done.token", { last4: attempt.last4 }) : "",
          check: missing > 0 ? t("wizard.done.less", { n: missing }) : t("wizard.done.check"),
        }}
        onStep={
          check.running || saving.busy || saved || handover.busy
            ? null
            : (next) => steps.indexOf(next) < steps.indexOf(step) && show(next)
        }
      >
        {ignored ? (
          <Notice title={t("hand.ignored", { name: ignored.name })} announce>
            {t(`hand.ignored.${ignored.why}`)}
          </Notice>
        ) : null}
        {step === "store" ? (
          <WhichStore
            address={address}
            onAddress={changeAddress}
            reading={reading}
            secretCleared={secretCleared}
            refused={refused}
            replacing={store}
            connected={sameHash}
            onEnvironment={takeEnvironment}
            onBack={back}
            onSkip={store ? null : skipStore}
            onContinue={() => void leaveStore()}
          />
        ) : step === "scopes" ? (
          <WhatMayItDo
            preset={preset}
            onPreset={setPreset}
            storefront={storefront}
            onStorefront={hasStorefront ? null : setWantsStorefront}
            hash={knownHash}
            layout={layout}
            onLayout={setLayout}
            named={attempt?.hash ?? reading.answer?.hash ?? null}
            store={sameHash?.key ?? store?.key ?? null}
            onBack={back}
            onContinue={() => show("credentials")}
          />
        ) : step === "credentials" ? (
          <Credentials
            hash={hashText}
            onHash={(text) => {
              changeAddress(text);
              setHashText(text);
              if (attempt && text.trim() !== attempt.hash) {
                setNote({ kind: "otherHash", hash: attempt.hash });
                forgetToken();
              }
            }}
            handover={handover}
            onHand={(from) => void handOver(from)}
            onEnvironment={(next) => void takeEnvironmentAsChosen(next)}
            onUseStore={(hash) => {
              setAddress(hash);
              setHashText(hash);
              void handOver({ kind: "again" }, hash);
            }}
            onReplace={() => {
              forgetToken();
              setNote(null);
            }}
            token={token}
            fileOver={fileOver}
            note={note}
            secretCleared={secretCleared}
            tidy={tidy}
            onTidy={setTidyWish}
            onBack={back}
            onContinue={goToCheck}
          />
        ) : step === "check" && attempt ? (
          <CheckStep
            attempt={attempt}
            sameHash={handed?.hash === attempt.hash}
            check={check}
            connected={connected}
            layout={layout}
            onAgain={() => startCheck(attempt.attempt)}
            onWrites={() => check.askWrites(attempt.attempt)}
            onStop={back}
            onBack={back}
            onNewToken={() => backToToken(null)}
            onOtherStore={toOtherStore}
            onContinue={() => show("name")}
          />
        ) : step === "name" && saved && saved.before !== null ? (
          <Replaced
            store={saved.store}
            old={saved.before}
            tidied={saved.tidied}
            fileName={saved.fileName}
            onOpen={() => go.orders(saved.store.key)}
          />
        ) : step === "name" && attempt ? (
          <NameIt
            attempt={attempt}
            report={check.report}
            naming={shownNaming}
            onNaming={changeNaming}
            handed={handed}
            tidy={tidy}
            onTidy={setTidyWish}
            replacing={connected !== null}
            leavesKeychain={connected?.tokenHome === "keychain"}
            saving={saving.busy}
            saved={saved}
            error={saving.error}
            onBack={back}
            onStop={stopSaving}
            onSave={saveStore}
            onOpen={() => saved && go.orders(saved.store.key)}
          />
        ) : null}
      </WizardFrame>
      {leaving ? (
        <LeaveQuestion
          last4={attempt?.last4 ?? null}
          onLeave={leaveNow}
          onStay={() => setLeaving(false)}
        />
      ) : null}
    </>
  );
}
