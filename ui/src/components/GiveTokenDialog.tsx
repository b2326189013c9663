import { KeyRound } from "lucide-react";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { t } from "../i18n";
import type { AppError, KeychainInfo } from "../ipc/bindings";
import { isMac } from "../lib/platform";
import { troubleWords } from "../lib/trouble";
import { BusySign } from "./BusySign";
import { Button } from "./Button";
import { Checkbox } from "./Checkbox";
import { Modal } from "./Modal";
import { Notice } from "./Notice";
import { SecretField, type SecretHandle } from "./SecretField";
import { TextButton } from "./TextButton";
import { Trouble } from "./Trouble";
import css from "./GiveTokenDialog.module.css";

/** Props of {@link GiveTokenDialog}. */
export type GiveTokenDialogProps = {
  /** The store's name. */
  name: string;
  /** It has a token that this one takes the place of. */
  replaces: boolean;
  /** The system's keychain, once it is known. */
  keychain: KeychainInfo | null;
  /** The token is being looked at. */
  busy: boolean;
  /** Why it was not taken. */
  error: AppError | null;
  /** Hands it over; resolves to true once it is kept. */
  onGive: (token: string, untilQuit: boolean) => Promise<boolean>;
  /** Opens the list of API accounts in the browser. */
  onOpenBigCommerce: () => void;
  /** Why that list could not be opened, if it could not. */
  notOpened: AppError | null;
  /** Goes where the token that this computer's environment names for the store is taken; left out without one. */
  onEnvironment?: (() => void) | null;
  /** Closes it. */
  onClose: () => void;
};

const promptAfterMs = 1500;

/** Asks for a store's access token and hands it over, without keeping it. */
export function GiveTokenDialog(props: GiveTokenDialogProps) {
  const { name, replaces, keychain, busy, error, onGive, onOpenBigCommerce, notOpened, onEnvironment, onClose } = props;
  const form = useId();
  const wrong = useId();
  const token = useRef<SecretHandle>(null);
  const absent = keychain?.available === false;
  const [memory, setMemory] = useState(false);
  const untilQuit = absent || memory;
  const [late, setLate] = useState(false);

  useEffect(() => token.current?.focus(), []);
  useEffect(() => {
    if (error) token.current?.focus();
  }, [error]);
  useEffect(() => {
    if (!busy || untilQuit) return;
    const timer = setTimeout(() => setLate(true), promptAfterMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [busy, untilQuit]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    void onGive(token.current?.take() ?? "", untilQuit).then((kept) => {
      if (kept) onClose();
    });
  };

  const words = error ? troubleWords(error) : null;
  return (
    <Modal
      title={t(replaces ? "give.title" : "give.title.first", { name })}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look="filled" type="submit" form={form} isPending={busy} icon={busy ? <BusySign /> : null}>
            {t(busy ? "give.doing" : "give.do")}
          </Button>
        </>
      }
    >
      {t(replaces ? "give.body" : "give.body.first")}
      <form id={form} onSubmit={submit} noValidate autoComplete="off" className={css["form"]}>
        {busy && late ? (
          <Notice title={t("token.waiting")} icon={<KeyRound aria-hidden />} announce>
            {t(keychain?.isNew ? "token.waiting.new" : "token.waiting.more")}
          </Notice>
        ) : words && error && !busy ? (
          <div id={wrong}>
            <Notice title={words.cause} gravity={words.gravity} announce>
              {words.more}
              {error.code === "tokenMistake" && error.mistake !== "empty" ? ` ${t("token.nothingKept")}` : null}
            </Notice>
          </div>
        ) : null}
        <SecretField
          ref={token}
          label={t("token.label")}
          hint={t(isMac ? "token.hint.mac" : "token.hint")}
          wrong={words && !busy ? wrong : null}
        />
        {absent ? (
          <p className={css["lives"]}>{t("token.lives.absent")}</p>
        ) : (
          <div>
            <Checkbox isSelected={memory} onChange={setMemory}>
              {t("token.untilQuit")}
            </Checkbox>
            <p className={css["lives"]}>
              {memory
                ? t(replaces ? "token.untilQuit.replaces" : "token.untilQuit.more")
                : t(keychain?.isNew ? "token.lives.new" : keychain?.locked ? "token.lives.locked" : "token.lives.keychain", {
                    keychain: keychain?.name || t("token.thisKeychain"),
                  })}
            </p>
          </div>
        )}
        <p className={css["lives"]}>{t("token.passesOnce")}</p>
      </form>
      <p className={css["links"]}>
        <TextButton onPress={onOpenBigCommerce}>{t("token.openAccounts")}</TextButton>
        {onEnvironment ? <TextButton onPress={onEnvironment}>{t("give.environment")}</TextButton> : null}
      </p>
      {notOpened ? <Trouble error={notOpened} /> : null}
    </Modal>
  );
}
