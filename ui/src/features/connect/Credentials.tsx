import { ExternalLink, KeyRound } from "lucide-react";
import { type RefObject, useEffect, useId, useRef } from "react";
import { Button } from "../../components/Button";
import { CopyWords } from "../../components/CopyWords";
import { Keys } from "../../components/Keys";
import { BusySign } from "../../components/BusySign";
import { Notice } from "../../components/Notice";
import { SecretField, type SecretHandle } from "../../components/SecretField";
import { TextButton } from "../../components/TextButton";
import { TextField } from "../../components/TextField";
import { t } from "../../i18n";
import { type AppError, type Attempt, useWrite } from "../../ipc";
import { isMac } from "../../lib/platform";
import { type Gravity, troubleWords } from "../../lib/trouble";
import { CredentialsPicture } from "./CredentialsPicture";
import { levelWord, neededScopes, ownerMessage } from "./owner";
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
  /** The store whose token is being replaced, for BigCommerce's page. */
  store: string | null;
  /** The token that was handed over before. */
  held: Attempt | null;
  /** Forgets it, so that another can be handed over. */
  onReplace: () => void;
  /** The token's field, from which the parent takes it. */
  token: RefObject<SecretHandle | null>;
  /** It is being handed over. */
  busy: boolean;
  /** What was wrong with it. */
  error: AppError | null;
  /** Something to know. */
  note: { kind: HandNote; hash: string } | null;
  /** A secret was pasted in place of the hash, and was thrown away. */
  secretCleared: boolean;
  /** Goes back. */
  onBack: () => void;
  /** Goes on. */
  onContinue: () => void;
};

/** Second step: which scopes to tick, and the token that comes of it. */
export function Credentials(props: CredentialsProps) {
  const { hash, onHash, store, held, onReplace, token, busy, error, note, secretCleared, onBack, onContinue } = props;
  const wrong = useId();
  const keep = useRef<HTMLDivElement>(null);
  const openPage = useWrite("openPage");
  const scopes = neededScopes();
  const heldNow = held !== null;

  useEffect(() => {
    if (heldNow) keep.current?.focus();
    else token.current?.focus();
  }, [heldNow, token]);
  // After a mistake the cursor is where the mending is done.
  useEffect(() => {
    if (error && error.code !== "noHash") token.current?.focus();
  }, [error, token]);

  return (
    <StepPage
      title={t("wizard.step.credentials")}
      what={t("hand.what")}
      onContinue={onContinue}
      footer={
        <>
          <Button look="quiet" size="tall" onPress={onBack}>
            {t("wizard.back")}
          </Button>
          <Button
            look="filled"
            size="tall"
            type="submit"
            isPending={busy}
            icon={busy ? <BusySign /> : null}
            shortcut={busy ? null : <Keys keys={[t("key.enter")]} />}
          >
            {t(busy ? "hand.doing" : held ? "wizard.continue" : "hand.do")}
          </Button>
        </>
      }
    >
      <div className={css["columns"]}>
        <div>
          <section className={css["part"]}>
            <h2 className={css["heading"]}>{t("hand.make")}</h2>
            <table className={css["table"]}>
              <thead>
                <tr>
                  <th scope="col">{t("hand.scope")}</th>
                  <th scope="col">{t("hand.level")}</th>
                  <th scope="col">{t("hand.why")}</th>
                </tr>
              </thead>
              <tbody>
                {scopes.map(({ label, modify }) => (
                  <tr key={label}>
                    <td className={css["scope"]}>{label}</td>
                    <td className={css[modify ? "modify" : "readOnly"]}>{levelWord(modify)}</td>
                    <td>
                      {t(modify ? "hand.orders.what" : "hand.information.what")}
                      <span className={css["why"]}>{t(modify ? "hand.orders.why" : "hand.information.why")}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <div className={css["actions"]}>
              <Button
                size="tall"
                icon={<ExternalLink aria-hidden />}
                onPress={() => openPage.mutate({ store, page: "apiAccounts", id: null })}
              >
                {t("token.open")}
              </Button>
              <CopyWords size="tall" text={ownerMessage(scopes, held?.hash ?? (hash || null))}>
                {t("hand.message")}
              </CopyWords>
            </div>
            <p className={css["under"]}>{t("hand.path")}</p>
            {openPage.error ? (
              <div className={css["notice"]}>
                <Notice title={troubleWords(openPage.error).cause} announce>
                  {troubleWords(openPage.error).more}
                </Notice>
              </div>
            ) : null}
          </section>
          <section className={css["part"]}>
            <h2 className={css["heading"]}>{t("hand.paste")}</h2>
            {error || note ? (
              <div className={css["notice"]} id={wrong}>
                {error ? <Wrong error={error} /> : note ? <Note kind={note.kind} hash={note.hash} /> : null}
              </div>
            ) : null}
            <div className={css["fields"]}>
              <TextField
                label={t("hand.hash")}
                value={hash}
                onChange={onHash}
                code
                autoComplete="off"
                spellCheck="false"
                error={
                  secretCleared ? t("hand.hash.secret") : error?.code === "noHash" ? t("trouble.noHash.more") : null
                }
              />
              {held ? (
                <div ref={keep} tabIndex={-1} className={css["held"]} >
                  <KeyRound aria-hidden />
                  <span>{t("hand.held", { last4: held.last4 })}</span>
                  <TextButton onPress={onReplace}>{t("hand.replace")}</TextButton>
                </div>
              ) : (
                <SecretField
                  ref={token}
                  label={t("token.label")}
                  hint={t(isMac ? "token.hint.mac" : "token.hint")}
                  wrong={error && error.code !== "noHash" ? wrong : null}
                  isDisabled={busy}
                />
              )}
            </div>
            <p className={css["under"]}>{t(held ? "hand.held.more" : "token.passesOnce")}</p>
          </section>
        </div>
        <section>
          <h2 className={css["heading"]}>{t("hand.look")}</h2>
          <CredentialsPicture />
          <p className={css["under"]}>{t("hand.pop.once")}</p>
        </section>
      </div>
    </StepPage>
  );
}

function Wrong({ error }: { error: AppError }) {
  const { cause, more, gravity } = troubleWords(error);
  return (
    <Notice title={cause} gravity={gravity} announce>
      {more}
      {error.code === "tokenMistake" && error.mistake !== "empty" ? ` ${t("token.nothingKept")}` : null}
    </Notice>
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
