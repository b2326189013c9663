import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Modal } from "../../components/Modal";
import { Notice } from "../../components/Notice";
import { SecretField, type SecretHandle } from "../../components/SecretField";
import { t } from "../../i18n";
import { type AppError, type StorefrontTokenReading, api, asAppError } from "../../ipc";
import { shortDate } from "../../lib/dates";
import { troubleWords } from "../../lib/trouble";
import css from "./Settings.module.css";

/** Props of {@link StorefrontKinds}. */
export type StorefrontKindsProps = {
  /** Closes it. */
  onClose: () => void;
};

/** Says which kind of token for a storefront somebody has. The token goes to the backend alone, and is not kept. */
export function StorefrontKinds({ onClose }: StorefrontKindsProps) {
  const form = useId();
  const wrong = useId();
  const token = useRef<SecretHandle>(null);
  const [read, setRead] = useState<StorefrontTokenReading | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => token.current?.focus(), []);

  // Not a `useWrite`: the cache keeps what a write was asked with for a while, and a token must not be in it.
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRead(null);
    setError(null);
    void api.readStorefrontToken({ token: token.current?.take() ?? "" }).then(setRead, (thrown: unknown) =>
      setError(asAppError(thrown)),
    );
  };

  return (
    <Modal
      title={t("storefront.kinds.title")}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("common.close")}
          </Button>
          <Button look="filled" type="submit" form={form}>
            {t("storefront.kinds.do")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate autoComplete="off" className={css["form"]}>
        <SecretField
          ref={token}
          label={t("storefront.kinds.label")}
          hint={t("storefront.kinds.hint")}
          wrong={error ? wrong : null}
        />
        {error ? (
          <div id={wrong}>
            <Mistake error={error} />
          </div>
        ) : null}
        {read ? <Reading read={read} /> : null}
      </form>
    </Modal>
  );
}

function Mistake({ error }: { error: AppError }) {
  const { cause, more, gravity } = troubleWords(error);
  // What can't be told from an access token is not looked at any closer.
  const isOther = error.code === "tokenMistake" && error.mistake === "missing";
  return (
    <Notice title={isOther ? t("storefront.kinds.access") : cause} gravity={gravity} announce>
      {isOther ? null : more}
    </Notice>
  );
}

function Reading({ read }: { read: StorefrontTokenReading }) {
  const lines = [
    t(`storefront.kinds.programs.${read.forPrograms}`),
    read.madeAt ? t("storefront.kinds.made", { day: shortDate(read.madeAt) }) : "",
    read.expiresAt
      ? t(read.isOver ? "storefront.kinds.ended" : "storefront.kinds.ends", { day: shortDate(read.expiresAt) })
      : "",
  ];
  return (
    <Notice
      title={t(`storefront.kinds.${read.kind}`, { n: read.sites.length, sites: read.sites.join(", ") })}
      gravity={read.isOver || read.forPrograms === "no" ? "warn" : "quiet"}
      announce
    >
      {lines.filter((line) => line !== "").join(" ")}
    </Notice>
  );
}
