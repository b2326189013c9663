import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Modal } from "../../components/Modal";
import type { SecretHandle } from "../../components/SecretField";
import { t } from "../../i18n";
import { type AppError, type Attempt, type Store, afterWrite, api, asAppError, useRead } from "../../ipc";
import { useGo } from "../../lib/go";
import { CheckStep } from "./CheckStep";
import { Credentials, type HandNote } from "./Credentials";
import { NameIt, type Naming } from "./NameIt";
import { isMissing } from "./ScopesTable";
import { useCheck } from "./useCheck";
import { useReading } from "./useReading";
import { WhichStore } from "./WhichStore";
import { type Step, WizardFrame, steps } from "./WizardFrame";

/** Props of {@link Wizard}. */
export type WizardProps = {
  /** The store whose token is to be replaced; `null` to connect a new one. */
  store: Store | null;
  /** A token that is held already, from this computer's environment. */
  given?: Attempt | null;
  /** Goes back to where one came from. */
  onLeave: () => void;
};

/**
 * The four steps. What was entered is kept while going back and forth, except the token: it goes to the backend
 * once, straight out of its field, and from then on is only known by its last four characters.
 */
export function Wizard({ store, given = null, onLeave }: WizardProps) {
  const go = useGo();
  const client = useQueryClient();
  const stores = useRead("appState", undefined).data?.stores ?? [];
  const [step, setStep] = useState<Step>(given ? "check" : store ? "credentials" : "store");
  const prefilled = given?.hash ?? store?.hash ?? "";
  const [address, setAddress] = useState(prefilled);
  const [secretCleared, setSecretCleared] = useState(false);
  const [refused, setRefused] = useState(false);
  // What the hash field of the second step shows: the hash alone, until it is changed there.
  const [hashText, setHashText] = useState(prefilled);
  const reading = useReading(address);

  const token = useRef<SecretHandle>(null);
  const [attempt, setAttempt] = useState<Attempt | null>(given);
  const [handing, setHanding] = useState(false);
  const [handError, setHandError] = useState<AppError | null>(null);
  const [note, setNote] = useState<{ kind: HandNote; hash: string } | null>(null);

  const check = useCheck();
  const { start: startCheck, forget: forgetCheck } = check;

  const [naming, setNaming] = useState<Naming | null>(null);
  const [saving, setSaving] = useState(false);
  const [saveError, setSaveError] = useState<AppError | null>(null);
  const save = useRef(0);

  const [leaving, setLeaving] = useState(false);

  const connectedAs = attempt?.connectedAs ?? null;
  const connected = stores.find(({ key }) => key === connectedAs) ?? null;
  const sameHash =
    stores.find(({ hash, isSample, mayConnect }) => hash === reading.answer?.hash && !isSample && mayConnect) ?? null;
  const shownNaming: Naming = naming ?? {
    name: connected?.name ?? store?.name ?? check.report?.store?.name ?? "",
    color: connected?.color ?? store?.color ?? freeColor(stores),
    safety: connected?.safety ?? store?.safety ?? "askRisky",
    untilQuit: false,
  };

  useForgetOnLeave(attempt);
  useWear(step === "name" ? shownNaming.color : (store?.color ?? null));

  // A token from the environment is checked at once. Once: strict mode mounts twice.
  const checked = useRef(false);
  useEffect(() => {
    if (!given || checked.current) return;
    checked.current = true;
    startCheck(given.attempt);
  }, [given, startCheck]);

  const forgetToken = useCallback(() => {
    if (attempt) void api.connectCancel({ attempt: attempt.attempt }).catch(() => undefined);
    setAttempt(null);
    forgetCheck();
  }, [attempt, forgetCheck]);

  const changeAddress = (text: string) => {
    setAddress(text);
    setSecretCleared(false);
    setRefused(false);
    setHandError(null);
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
    setHandError(null);
    setSaveError(null);
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
      show("credentials");
    } catch {
      // The first step says why.
    }
  };

  const handOver = async () => {
    if (handing) return;
    if (attempt) {
      if (!check.report && !check.running) startCheck(attempt.attempt);
      show("check");
      return;
    }
    setHandError(null);
    setNote(null);
    setHanding(true);
    try {
      const next = await api.connectBegin({ address: hashText, token: token.current?.take() ?? "" });
      setAttempt(next);
      setHashText(next.hash);
      startCheck(next.attempt);
      show("check");
    } catch (thrown) {
      setHandError(asAppError(thrown));
    }
    setHanding(false);
  };

  const backToToken = (kind: HandNote | null) => {
    forgetToken();
    setNote(kind ? { kind, hash: hashText } : null);
    show("credentials");
  };

  const saveStore = async (how?: { untilQuit: boolean }) => {
    if (!attempt || saving) return;
    const wanted = { ...shownNaming, ...how, name: shownNaming.name.trim() };
    setNaming({ ...shownNaming, ...how });
    setSaveError(null);
    setSaving(true);
    save.current += 1;
    const mine = save.current;
    const input = { attempt: attempt.attempt, ...wanted };
    try {
      const saved = await api.connectSave(input);
      await afterWrite(client, "connectSave", null);
      // Also if it was stopped a moment too late: it is saved, and that is what the window shows.
      go.orders(saved.key);
    } catch (thrown) {
      if (save.current !== mine) return;
      const error = asAppError(thrown);
      if (error.code === "attemptGone") backToToken("gone");
      else if (error.code !== "cancelled") setSaveError(error);
      setSaving(false);
    }
  };

  const stopSaving = () => {
    save.current += 1;
    setSaving(false);
    backToToken("cancelled");
  };

  const entered = attempt !== null || address.trim() !== prefilled;
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
      case "credentials":
        // Who came to replace a token did not pass the first step.
        return store ? leave() : show("store");
      case "check":
        return check.running ? backToToken("stopped") : show("credentials");
      case "name":
        return saving ? stopSaving() : show("check");
    }
  };

  const goOn = () => {
    if (step === "check") {
      const good = !check.running && !check.error && check.report?.finished && check.report.canSave;
      const fine = check.report?.lines.every(({ state }) => state === "ok") && !check.report.scopes.some(isMissing);
      if (good && fine) show("name");
    }
  };

  const keys = useRef({ back, goOn });
  useEffect(() => {
    keys.current = { back, goOn };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || leaving) return;
      if (event.key === "Escape") {
        event.preventDefault();
        keys.current.back();
      } else if (event.key === "Enter" && !isBusyWithEnter(event.target)) {
        event.preventDefault();
        keys.current.goOn();
      }
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [leaving]);

  // The backend let the token go, for example because another window took over.
  const gone = check.error?.code === "attemptGone";
  useEffect(() => {
    if (!gone) return;
    setAttempt(null);
    forgetCheck();
    setNote({ kind: "gone", hash: "" });
    setStep("credentials");
  }, [gone, forgetCheck]);

  const missing = check.report?.scopes.filter(isMissing).length ?? 0;
  return (
    <>
      <WizardFrame
        step={step}
        facts={{
          store: t("wizard.done.hash", { hash: attempt?.hash ?? reading.answer?.hash ?? hashText }),
          credentials: attempt ? t("wizard.done.token", { last4: attempt.last4 }) : "",
          check: missing > 0 ? t("wizard.done.less", { n: missing }) : t("wizard.done.check"),
        }}
        onStep={check.running || saving || handing ? null : (next) => steps.indexOf(next) < steps.indexOf(step) && show(next)}
      >
        {step === "store" ? (
          <WhichStore
            address={address}
            onAddress={changeAddress}
            reading={reading}
            secretCleared={secretCleared}
            refused={refused}
            replacing={store}
            connected={sameHash}
            onBack={back}
            onContinue={() => void leaveStore()}
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
            store={sameHash?.key ?? null}
            held={attempt}
            onReplace={() => {
              forgetToken();
              setNote(null);
            }}
            token={token}
            busy={handing}
            error={handError}
            note={note}
            secretCleared={secretCleared}
            onBack={back}
            onContinue={() => void handOver()}
          />
        ) : step === "check" && attempt ? (
          <CheckStep
            attempt={attempt}
            check={check}
            connected={connected}
            onAgain={() => startCheck(attempt.attempt)}
            onStop={back}
            onBack={back}
            onNewToken={() => backToToken(null)}
            onContinue={() => show("name")}
          />
        ) : step === "name" && attempt ? (
          <NameIt
            attempt={attempt}
            report={check.report}
            naming={shownNaming}
            onNaming={setNaming}
            replacing={connected !== null}
            saving={saving}
            error={saveError}
            onBack={back}
            onStop={stopSaving}
            onSave={(how) => void saveStore(how)}
          />
        ) : null}
      </WizardFrame>
      {leaving ? (
        <Modal
          title={t("wizard.leave.title")}
          onClose={() => setLeaving(false)}
          footer={
            <>
              <Button look="quiet" onPress={leaveNow}>
                {t("wizard.leave.go")}
              </Button>
              <Button look="filled" onPress={() => setLeaving(false)}>
                {t("wizard.leave.stay")}
              </Button>
            </>
          }
        >
          {attempt ? t("wizard.leave.token", { last4: attempt.last4 }) : t("wizard.leave.more")}
        </Modal>
      ) : null}
    </>
  );
}

/** A color that no store has yet, as long as there is one. */
function freeColor(stores: readonly Store[]): Naming["color"] {
  const order = ["spruce", "fjord", "heather", "berry", "rust", "ochre", "moss", "slate"] as const;
  return order.find((color) => stores.every((store) => store.color !== color)) ?? "spruce";
}

/** Whether Enter already means something where it was pressed. */
function isBusyWithEnter(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, input, textarea, select, [role=dialog]") !== null;
}

/** Lets go of a token that was never saved, when the wizard is left. */
function useForgetOnLeave(attempt: Attempt | null) {
  const shown = useRef(false);
  const held = useRef<string | null>(null);
  useEffect(() => {
    held.current = attempt?.attempt ?? null;
  }, [attempt]);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
      // Strict mode leaves and comes back at once.
      setTimeout(() => {
        if (!shown.current && held.current) {
          void api.connectCancel({ attempt: held.current }).catch(() => undefined);
        }
      });
    };
  }, []);
}

/** The window wears the color of the store it is about. */
function useWear(color: Naming["color"] | null) {
  useEffect(() => {
    if (!color) return;
    const { dataset } = document.documentElement;
    dataset["store"] = color;
    return () => {
      delete dataset["store"];
    };
  }, [color]);
}
