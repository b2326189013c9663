import { Check, CircleX, Search } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import type { AddressAnswer, Attempt, Store } from "../../ipc";
import { AddressField } from "./AddressField";
import { AddressPicture } from "./AddressPicture";
import { EnvironmentOffer, useEnvironment } from "./EnvironmentOffer";
import type { Reading } from "./useReading";
import { StepPage } from "./WizardFrame";
import css from "./WhichStore.module.css";

/** The hash of the examples, until the person's own is known. */
const exampleHash = "k7v2mq9x1d";

/** Props of {@link WhichStore}. */
export type WhichStoreProps = {
  /** What was typed. */
  address: string;
  /** Told when it changes. */
  onAddress: (address: string) => void;
  /** What is known about it. */
  reading: Reading;
  /** The text held a secret and was thrown away. */
  secretCleared: boolean;
  /** A go-on was refused: what is said about the text is now an error. */
  refused: boolean;
  /** The store whose token is being replaced. */
  replacing: Store | null;
  /** The connected store that this hash belongs to. */
  connected: Store | null;
  /** Told when the environment's token was taken. */
  onEnvironment: (attempt: Attempt) => void;
  /** Goes back to where one came from. */
  onBack: () => void;
  /** Goes on without naming it; `null` where it has to be named. */
  onSkip: (() => void) | null;
  /** Goes on. */
  onContinue: () => void;
};

/** First step: which store is meant. */
export function WhichStore({
  address,
  onAddress,
  reading,
  secretCleared,
  refused,
  replacing,
  connected,
  onEnvironment,
  onBack,
  onSkip,
  onContinue,
}: WhichStoreProps) {
  const field = useRef<HTMLInputElement>(null);
  const saidBy = useId();
  useEffect(() => field.current?.focus(), []);

  const environment = useEnvironment(onEnvironment);
  // Who replaces a token means this store, and no other.
  const fits = !replacing || replacing.hash === environment.offer?.hash;

  const answer = reading.answer;
  const hash = answer?.hash ?? null;
  const shownHash = hash && hash.length <= 12 ? hash : exampleHash;
  const words = saidAbout(secretCleared ? "secret" : (answer?.kind ?? "empty"), answer, refused);

  return (
    <StepPage
      title={t("wizard.step.store")}
      what={replacing ? t("which.what.replace", { name: replacing.name }) : t("which.what")}
      onContinue={onContinue}
      aside={
        onSkip ? (
          <span className={css["skip"]}>
            <Button look="quiet" size="tall" onPress={onSkip}>
              {t("which.skip")}
            </Button>
            <span className={css["skipWhy"]}>{t("which.skip.why")}</span>
          </span>
        ) : null
      }
      footer={
        <>
          <Button look="quiet" size="tall" onPress={onBack}>
            {t("wizard.back")}
          </Button>
          <Button look="filled" size="tall" type="submit" shortcut={<Keys keys={[t("key.enter")]} />}>
            {t("wizard.continue")}
          </Button>
        </>
      }
    >
      <AddressField
        ref={field}
        value={address}
        answer={reading.current ? answer : null}
        saidBy={saidBy}
        invalid={words.kind === "bad"}
        onChange={onAddress}
      />
      <div id={saidBy} role="status" aria-live="polite">
        {reading.error ? (
          <div className={css["said"]}>
            <Trouble error={reading.error} />
          </div>
        ) : (
          <div className={css["said"]} data-kind={words.kind}>
            {words.kind === "ok" ? <Check aria-hidden /> : words.kind === "bad" ? <CircleX aria-hidden /> : <Search aria-hidden />}
            <p>
              <span className={css["saidTitle"]}>{words.title}</span>
              <span className={css["saidMore"]}>
                {words.more}
                {hash && replacing && hash !== replacing.hash ? ` ${t("which.other", { name: replacing.name })}` : null}
                {hash && !replacing && connected ? ` ${t("which.connected", { name: connected.name })}` : null}
              </span>
            </p>
          </div>
        )}
      </div>
      {fits ? <EnvironmentOffer environment={environment} /> : null}
      {environment.error ? (
        <div className={css["said"]}>
          <Trouble error={environment.error} />
        </div>
      ) : null}
      <div className={css["columns"]}>
        <section>
          <h2 className={css["heading"]}>{t("which.any")}</h2>
          <ul className={css["forms"]}>
            <Form name={t("which.any.controlPanel")}>
              store-<Hash>{shownHash}</Hash>.mybigcommerce.com/manage
            </Form>
            <Form name={t("which.any.apiPath")}>
              …/stores/<Hash>{shownHash}</Hash>/v3/
            </Form>
            <Form name={t("which.any.channel")}>
              store-<Hash>{shownHash}</Hash>-2.mybigcommerce.com
            </Form>
            <Form name={t("which.any.bare")}>
              <Hash>{shownHash}</Hash>
            </Form>
            <Form name={t("which.any.not")}>
              <span className={css["not"]}>shop.example.com</span>
            </Form>
          </ul>
        </section>
        <section>
          <h2 className={css["heading"]}>{t("which.where")}</h2>
          <AddressPicture hash={shownHash} />
          <p className={css["under"]}>{t("which.where.more")}</p>
        </section>
      </div>
    </StepPage>
  );
}

function saidAbout(
  kind: AddressAnswer["kind"],
  answer: AddressAnswer | null,
  refused: boolean,
): { kind: "ok" | "bad" | "quiet"; title: string; more: string } {
  const no = refused ? "bad" : "quiet";
  switch (kind) {
    case "bare":
    case "apiPath":
    case "controlPanel":
    case "channelAddress":
      return { kind: "ok", title: t("which.hash", { hash: answer?.hash ?? "" }), more: t(`which.found.${kind}`) };
    case "noHash":
      return { kind: "bad", title: t("which.noHash", { host: answer?.host ?? "" }), more: t("which.noHash.more") };
    case "secret":
      return { kind: "bad", title: t("which.secret"), more: t("which.secret.more") };
    case "unclear":
      return { kind: no, title: t("which.unclear"), more: t("which.unclear.more") };
    case "empty":
      return { kind: no, title: t("which.empty"), more: t("which.empty.more") };
  }
}

function Form({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li>
      <span className={css["formName"]}>{name}</span>
      <span className={css["form"]}>{children}</span>
    </li>
  );
}

function Hash({ children }: { children: string }) {
  return <span className={css["hash"]}>{children}</span>;
}
