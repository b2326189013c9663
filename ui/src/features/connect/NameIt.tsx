import { KeyRound, MemoryStick } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { ColorPicker } from "../../components/ColorPicker";
import { Keys } from "../../components/Keys";
import { BusySign } from "../../components/BusySign";
import { Notice } from "../../components/Notice";
import { SafetyPicker } from "../../components/SafetyPicker";
import { TextButton } from "../../components/TextButton";
import { TextField } from "../../components/TextField";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type AppError, type Attempt, type CheckReport, type Color, type ConnectTidy, type HandedOver, type Safety, type Tidied, useCollection, useKeychain } from "../../ipc";
import { isKeychainError, saveWords } from "./failures";
import { StorePreview } from "./StorePreview";
import { TidyBoxes } from "./TidyBoxes";
import { TidyTrouble } from "./TidyTrouble";
import type { TidyWish } from "./tidy";
import { StepPage } from "./WizardFrame";
import css from "./NameIt.module.css";

/** How a store is to be saved. */
export type Naming = {
  /** Its name. */
  name: string;
  /** Its accent. */
  color: Color;
  /** What has to happen before a change is sent. */
  safety: Safety;
  /** Keep the token in memory only. */
  untilQuit: boolean;
};

/** Props of {@link NameIt}. */
export type NameItProps = {
  /** What is saved. */
  attempt: Attempt;
  /** What the store said. */
  report: CheckReport | null;
  /** As it stands. */
  naming: Naming;
  /** Told when something is changed. */
  onNaming: (naming: Naming) => void;
  /** What was handed over; `null` for a token from this computer's environment. */
  handed: HandedOver | null;
  /** What will be put away. */
  tidy: ConnectTidy;
  /** Told what the person wishes about that. */
  onTidy: (change: (before: TidyWish) => TidyWish) => void;
  /** The store is connected already; its token is replaced. */
  replacing: boolean;
  /** The token that is replaced lies in the keychain. */
  leavesKeychain: boolean;
  /** It is being saved. */
  saving: boolean;
  /** It is saved, and something could not be put away; `null` before. */
  saved: { tidied: Tidied; fileName: string | null } | null;
  /** Why it could not be. */
  error: AppError | null;
  /** Goes back. */
  onBack: () => void;
  /** Stops waiting for the keychain. */
  onStop: () => void;
  /** Saves it; the argument overrides what was chosen about the token. */
  onSave: (how?: { untilQuit: boolean }) => void;
  /** Opens the store that was saved. */
  onOpen: () => void;
};

/** A keychain that has not answered by then is asking the person something. */
const promptAfterMs = 1500;

/** What is wrong with a name, or `null`. */
export function nameProblem(name: string): string | null {
  const length = [...name.trim()].length;
  if (length === 0) return t("store.name.empty");
  return length > 80 ? t("store.name.long", { n: length }) : null;
}

/** Last step: name, color, safety, and where the token will live. */
export function NameIt(props: NameItProps) {
  const { attempt, report, naming, onNaming, handed, tidy, onTidy, replacing, leavesKeychain } = props;
  const { saving, saved, error, onBack, onStop, onSave, onOpen } = props;
  const first = useRef<HTMLDivElement>(null);
  const keychain = useKeychain();
  const collection = useCollection(attempt.connectedAs);
  const [asked, setAsked] = useState(false);
  const { locked = false, isNew = false } = keychain.data ?? {};
  const waiting = useWaiting(saving && !naming.untilQuit, locked || isNew);

  useEffect(() => first.current?.querySelector("input")?.focus(), []);

  const absent = keychain.data ? !keychain.data.available : keychain.isError;
  const wrongName = asked || naming.name !== "" ? nameProblem(naming.name) : null;
  const offBecause = absent && !naming.untilQuit ? t("name.offBecause.untilQuit") : null;
  const save = () => {
    if (saved) return onOpen();
    setAsked(true);
    if (saving || offBecause || nameProblem(naming.name)) return;
    onSave();
  };
  const set = (change: Partial<Naming>) => onNaming({ ...naming, ...change });

  return (
    <StepPage
      title={t("wizard.step.name")}
      what={t(replacing ? "name.what.replace" : "name.what")}
      onContinue={save}
      footer={
        <>
          {saved ? null : (
            <Button look="quiet" size="tall" onPress={onBack} isDisabled={saving}>
              {t("wizard.back")}
            </Button>
          )}
          <Button
            look="filled"
            size="tall"
            type="submit"
            isPending={saving}
            icon={saving ? <BusySign /> : null}
            offBecause={offBecause}
            shortcut={saving ? null : <Keys keys={[t("key.enter")]} />}
          >
            {t(saved ? "name.open" : saving ? "name.doing" : replacing ? "name.do.replace" : "name.do")}
          </Button>
        </>
      }
    >
      {saved ? (
        <TidyTrouble {...saved} />
      ) : waiting ? (
        <div className={css["notice"]}>
          <Notice
            title={t("token.waiting")}
            icon={<KeyRound aria-hidden />}
            announce
            action={<Button onPress={onStop}>{t("common.cancel")}</Button>}
          >
            {t(isNew ? "token.waiting.new" : "token.waiting.more")}
          </Notice>
        </div>
      ) : error && !saving ? (
        <div className={css["notice"]}>
          <SaveTrouble error={error} hash={attempt.hash} onSave={onSave} />
        </div>
      ) : null}
      <div className={css["columns"]}>
        <div className={css["form"]}>
          <div ref={first} className={css["name"]}>
            <TextField
              label={t("store.name")}
              value={naming.name}
              onChange={(name) => set({ name })}
              autoComplete="off"
              isDisabled={saving || saved !== null}
              error={wrongName}
            />
          </div>
          <ColorPicker value={naming.color} onChange={(color) => set({ color })} />
          <SafetyPicker value={naming.safety} onChange={(safety) => set({ safety })} />
        </div>
        <div className={css["aside"]}>
          <section>
            <h2 className={css["heading"]}>{t("name.look")}</h2>
            <StorePreview name={naming.name} color={naming.color} plan={report?.store?.plan ?? ""} />
          </section>
          <section>
            <h2 className={css["heading"]}>{t("name.where")}</h2>
            {absent ? (
              <>
                <Notice gravity="warn" title={t("name.where.absent")}>
                  {t("name.where.absent.more")}
                </Notice>
                <div className={css["choice"]}>
                  <Checkbox isSelected={naming.untilQuit} onChange={(untilQuit) => set({ untilQuit })}>
                    {t("token.untilQuit")}
                  </Checkbox>
                  <p className={css["choiceMore"]}>{t("token.untilQuit.more")}</p>
                </div>
              </>
            ) : naming.untilQuit ? (
              <p className={css["where"]}>
                <MemoryStick aria-hidden />
                <span className={css["whereWords"]}>
                  {t("name.where.memory")}
                  <span className={css["under"]}>
                    {t(leavesKeychain ? "name.where.memory.replaces" : "name.where.memory.more", { last4: attempt.last4 })}
                  </span>
                  <TextButton size="small" onPress={() => set({ untilQuit: false })}>
                    {t("name.where.useKeychain")}
                  </TextButton>
                </span>
              </p>
            ) : (
              <p className={css["where"]}>
                <KeyRound aria-hidden />
                <span className={css["whereWords"]}>
                  {keychain.data
                    ? t("token.keychain.collection", { name: keychain.data.name, collection: collection || "none" })
                    : t("name.where.looking")}
                  <span className={css["under"]}>
                    {t("name.where.entry", { hash: attempt.hash, last4: attempt.last4 })}
                  </span>
                  {locked || isNew ? (
                    <span className={css["locked"]}>{t(isNew ? "name.where.new" : "name.where.locked")}</span>
                  ) : null}
                  {saving || saved ? null : (
                    <TextButton size="small" onPress={() => set({ untilQuit: true })}>
                      {t("name.where.useMemory")}
                    </TextButton>
                  )}
                </span>
              </p>
            )}
          </section>
          {handed && !saved ? (
            <section>
              <h2 className={css["heading"]}>{t("tidy.title")}</h2>
              <TidyBoxes
                tidy={tidy}
                onTidy={onTidy}
                handed={handed}
                untilQuit={naming.untilQuit}
                isDisabled={saving}
              />
            </section>
          ) : null}
          {replacing ? null : (
            <section>
              <h2 className={css["heading"]}>{t("name.pull")}</h2>
              {t("name.pull.more")}
              {report?.quota ? (
                <span className={css["under"]}>
                  {t("name.pull.quota", { quota: report.quota.quota, window: report.quota.windowSeconds })}
                </span>
              ) : null}
            </section>
          )}
        </div>
      </div>
    </StepPage>
  );
}

type SaveTroubleProps = { error: AppError; hash: string; onSave: (how?: { untilQuit: boolean }) => void };

function SaveTrouble({ error, hash, onSave }: SaveTroubleProps) {
  if (!isKeychainError(error)) return <Trouble error={error} steps={["tryAgain"]} onStep={() => onSave()} />;
  const { cause, more } = saveWords(error, { hash });
  return (
    <Notice gravity="warn" title={cause} announce>
      {more}
      <div className={css["noticeActions"]}>
        {error.code === "keychainAbsent" ? null : (
          <Button onPress={() => onSave({ untilQuit: false })}>{t("common.tryAgain")}</Button>
        )}
        <Button onPress={() => onSave({ untilQuit: true })}>{t("token.untilQuit")}</Button>
      </div>
    </Notice>
  );
}

/** Whether a keychain is being waited for: at once if it is going to ask, else when it takes its time. */
function useWaiting(busy: boolean, asks: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setLate(true), promptAfterMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [busy]);
  return busy && (asks || late);
}
