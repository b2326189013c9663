import { ClipboardPaste, FileDown, KeyRound } from "lucide-react";
import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { Notice } from "../../components/Notice";
import { SecretField, type SecretHandle } from "../../components/SecretField";
import { TextButton } from "../../components/TextButton";
import { TextField } from "../../components/TextField";
import { t } from "../../i18n";
import type { Attempt, ConnectTidy, HandFrom } from "../../ipc";
import { classes } from "../../lib/classes";
import { isMac, withCommand } from "../../lib/platform";
import { type Gravity, troubleWords } from "../../lib/trouble";
import { CredentialsPicture } from "./CredentialsPicture";
import { EnvironmentOffer, useEnvironment } from "./EnvironmentOffer";
import { HandMistakes } from "./HandMistakes";
import { TidyBoxes } from "./TidyBoxes";
import type { TidyWish } from "./tidy";
import { type Handover, isTokenAtHand } from "./useHandover";
import { StepPage } from "./WizardFrame";
import css from "./Credentials.module.css";

/** Something to know before the token is handed over (again). */
export type HandNote = "cancelled" | "stopped" | "gone" | "otherHash";

/** Props of {@link Credentials}. */
export type CredentialsProps = {
  /** The store hash, or what is being typed in its place. */
  hash: string;
  /** Told when it is changed here. */
  onHash: (text: string) => void;
  /** What was handed over before, and what became of it. */
  handover: Handover;
  /** Hands over from somewhere. */
  onHand: (from: HandFrom) => void;
  /** Told when the environment's token was taken. */
  onEnvironment: (attempt: Attempt) => void;
  /** Takes this store for the one that is meant, with what was handed over. */
  onUseStore: (hash: string) => void;
  /** Forgets the token, so that another can be handed over. */
  onReplace: () => void;
  /** The token's field, from which the parent takes it. */
  token: RefObject<SecretHandle | null>;
  /** A file is held over the window. */
  fileOver: boolean;
  /** Something to know. */
  note: { kind: HandNote; hash: string } | null;
  /** A secret was pasted in place of the hash, and was thrown away. */
  secretCleared: boolean;
  /** What is put away once the store is saved. */
  tidy: ConnectTidy;
  /** Told when that is changed. */
  onTidy: (change: (before: TidyWish) => TidyWish) => void;
  /** Goes back. */
  onBack: () => void;
  /** Goes on. */
  onContinue: () => void;
};

/** Third step: the credentials, as a file, from the clipboard, or typed. */
export function Credentials(props: CredentialsProps) {
  const { hash, onHash, handover, onHand, onUseStore, onReplace, token, fileOver } = props;
  const { note, secretCleared, tidy, onTidy, onEnvironment, onBack, onContinue } = props;
  const { attempt: held, handed, from, busy, error } = handover;
  const environment = useEnvironment(onEnvironment);
  const wrong = useId();
  const keep = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const [filled, setFilled] = useState(false);

  const heldNow = held !== null;
  useEffect(() => {
    if (heldNow) keep.current?.focus();
  }, [heldNow]);

  // After a mistake the cursor is where the mending is done.
  const typedWrong = from === "typed" && handed?.mistakes.some(({ code }) => code === "token");
  const noStore = handed?.mistakes.some(({ code }) => code === "noStore" || code === "severalStores") ?? false;
  useEffect(() => {
    if (!handed) return;
    if (typedWrong) token.current?.focus();
    else if (noStore) field.current?.querySelector("input")?.focus();
  }, [handed, typedWrong, noStore, token]);

  const paste = useRef(() => undefined as void);
  useEffect(() => {
    paste.current = () => {
      if (!busy && !heldNow) onHand({ kind: "clipboard" });
    };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.key.toLowerCase() !== "v" || !withCommand(event)) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, [role=dialog]")) return;
      event.preventDefault();
      paste.current();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);

  const mistaken = handed !== null && handed.mistakes.length > 0;
  const atHand = heldNow || isTokenAtHand(handed);
  return (
    <StepPage
      title={t("wizard.step.credentials")}
      what={t("hand.what")}
      focusHeading={!heldNow}
      onContinue={onContinue}
      footer={
        <>
          <Button look="quiet" size="tall" onPress={onBack}>
            {t("wizard.back")}
          </Button>
          <Button
            look={atHand || filled ? "filled" : "plain"}
            size="tall"
            type="submit"
            isPending={busy !== null}
            icon={busy ? <BusySign /> : null}
            shortcut={busy ? null : <Keys keys={[t("key.enter")]} />}
          >
            {t(busy ? "hand.doing" : heldNow ? "wizard.continue" : "hand.do")}
          </Button>
        </>
      }
    >
      <div className={css["columns"]}>
        <div>
          {held ? (
            <div ref={keep} tabIndex={-1} className={css["held"]}>
              <KeyRound aria-hidden />
              <p>
                <span className={css["heldTitle"]}>{t("hand.held", { last4: held.last4 || "none" })}</span>{" "}
                <span className={css["under"]}>
                  {handed?.fileName ? `${t("hand.held.file", { name: handed.fileName })} ` : null}
                  {handed?.clientName ? `${t("hand.held.name", { name: handed.clientName })} ` : null}
                  {t("hand.held.more")}
                </span>
              </p>
              <TextButton onPress={onReplace}>{t("hand.replace")}</TextButton>
            </div>
          ) : (
            <div className={classes(css["drop"], fileOver && css["over"])}>
              <FileDown className={css["dropSign"]} aria-hidden />
              <p className={css["dropTitle"]}>{t(fileOver ? "hand.drop.now" : "hand.drop")}</p>
              <p className={css["dropWhere"]}>{t("hand.drop.where")}</p>
              <div className={css["dropActions"]}>
                <Button
                  look={filled || atHand ? "plain" : "filled"}
                  size="tall"
                  isDisabled={busy !== null}
                  icon={busy === "chosen" ? <BusySign /> : null}
                  onPress={() => onHand({ kind: "chosen" })}
                >
                  {t("hand.choose")}
                </Button>
                <Button
                  size="tall"
                  isDisabled={busy !== null}
                  icon={busy === "clipboard" ? <BusySign /> : <ClipboardPaste aria-hidden />}
                  shortcut={<Keys keys={[t(isMac ? "key.cmd" : "key.ctrl"), "V"]} />}
                  onPress={() => onHand({ kind: "clipboard" })}
                >
                  {t("hand.paste")}
                </Button>
              </div>
            </div>
          )}
          {!held && environment.offer?.hash === hash.trim() ? (
            <EnvironmentOffer environment={environment} isDisabled={busy !== null} />
          ) : null}
          {environment.error ? (
            <div className={css["notice"]}>
              <Notice
                title={troubleWords(environment.error).cause}
                gravity={troubleWords(environment.error).gravity}
                announce
              >
                {troubleWords(environment.error).more}
              </Notice>
            </div>
          ) : null}
          {error || note || mistaken ? (
            <div className={css["notice"]} id={wrong}>
              {error ? (
                <Notice title={troubleWords(error).cause} gravity={troubleWords(error).gravity} announce>
                  {troubleWords(error).more}
                </Notice>
              ) : mistaken ? (
                <HandMistakes handed={handed} from={from} onHand={onHand} onUseStore={onUseStore} />
              ) : note ? (
                <Note kind={note.kind} hash={note.hash} />
              ) : null}
            </div>
          ) : null}
          <section className={css["part"]}>
            <h2 className={css["heading"]}>{t(heldNow ? "hand.for" : "hand.type")}</h2>
            <div className={css["fields"]}>
              <div ref={field}>
                <TextField
                  label={t("hand.hash")}
                  value={hash}
                  onChange={onHash}
                  code
                  autoComplete="off"
                  spellCheck="false"
                  error={secretCleared ? t("hand.hash.secret") : null}
                />
              </div>
              {held ? null : (
                <SecretField
                  ref={token}
                  label={t("token.label")}
                  hint={t("hand.token.hint")}
                  wrong={typedWrong ? wrong : null}
                  onFilled={setFilled}
                  isDisabled={busy !== null}
                />
              )}
            </div>
            {held ? null : <p className={css["under"]}>{t("hand.anything")}</p>}
          </section>
        </div>
        <div>
          <section>
            <h2 className={css["heading"]}>{t("hand.look")}</h2>
            <CredentialsPicture />
            <p className={css["under"]}>{t("hand.pop.once")}</p>
          </section>
          <section className={css["part"]}>
            <h2 className={css["heading"]}>{t("tidy.title")}</h2>
            <TidyBoxes tidy={tidy} onTidy={onTidy} handed={handed} isBefore />
          </section>
        </div>
      </div>
    </StepPage>
  );
}

const gravities: Record<HandNote, Gravity> = { cancelled: "quiet", stopped: "quiet", gone: "warn", otherHash: "quiet" };

function Note({ kind, hash }: { kind: HandNote; hash: string }) {
  return kind === "otherHash" ? (
    <Notice title={t("hand.otherHash", { hash })} gravity={gravities[kind]} announce />
  ) : (
    <Notice title={t(`hand.${kind}`)} gravity={gravities[kind]} announce>
      {t(`hand.${kind}.more`)}
    </Notice>
  );
}
