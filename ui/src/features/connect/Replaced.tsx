import { Check, ExternalLink, LoaderCircle, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { Notice } from "../../components/Notice";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type AppError, type Store, type Tidied, useWrite } from "../../ipc";
import { useGo } from "../../lib/go";
import { type NextStep, troubleWords } from "../../lib/trouble";
import { TidyTrouble } from "./TidyTrouble";
import { StepPage } from "./WizardFrame";
import css from "./Replaced.module.css";

/** Props of {@link Replaced}. */
export type ReplacedProps = {
  /** The store, with its new token. */
  store: Store;
  /** The last four characters of the one before. */
  old: string;
  /** What was put away, and what could not be. */
  tidied: Tidied;
  /** The file that the token came in. */
  fileName: string | null;
  /** Opens the store. */
  onOpen: () => void;
};

/** What can be done from here. */
const steps: readonly NextStep[] = ["tryAgain", "unlock", "giveToken", "replaceToken", "untilQuit"];

/** After a token was replaced: whether the new one works, and what becomes of the old one's account. */
export function Replaced({ store, old, tidied, fileName, onOpen }: ReplacedProps) {
  const go = useGo();
  const openPage = useWrite("openPage");
  const unlock = useWrite("unlock");
  const { mutate: tryOut, data: found, error, isPending } = useWrite("examine");
  // What the store said before, to the old one or to the check, says nothing of how the new one is used from now on.
  useEffect(() => tryOut({ store: store.key }), [tryOut, store.key]);
  const again = () => tryOut({ store: store.key });
  const busy = isPending || unlock.isPending;
  const now = error ?? found?.problem ?? null;
  // What went wrong stays until more is known, and with it the button that has the focus.
  const [last, setLast] = useState<{ trouble: AppError | null; answers: boolean }>({ trouble: null, answers: false });
  if (!busy && (found || error) && last.trouble !== now) {
    setLast({ trouble: now, answers: typeof found?.answeredInMs === "number" });
  }
  const { trouble, answers } = last;
  const test = busy ? "running" : trouble ? "bad" : found ? "ok" : "running";
  const Sign = { ok: Check, bad: X, running: LoaderCircle }[test];
  const step = trouble ? troubleWords(trouble).step : "none";
  const act = (what: NextStep) => {
    if (what === "tryAgain") again();
    else if (what === "unlock") unlock.mutate({ store: store.key }, { onSettled: again });
    else go.settings(store.key, { ask: "token" });
  };
  return (
    <StepPage
      title={t("replaced.title")}
      what={t(store.tokenHome === "untilQuit" ? "replaced.what.memory" : "replaced.what", {
        name: store.name,
        last4: store.tokenLast4 || "none",
      })}
      focusHeading
      onContinue={onOpen}
      footer={
        <Button look="filled" size="tall" type="submit" shortcut={<Keys keys={[t("key.enter")]} />}>
          {t("name.open")}
        </Button>
      }
    >
      <TidyTrouble tidied={tidied} fileName={fileName} />
      {trouble && answers && !busy ? null : (
        <p className={css["test"]} data-state={test} role="status">
          <Sign aria-hidden />
          {t(`replaced.test.${test}`)}
        </p>
      )}
      {trouble ? (
        <div className={css["trouble"]}>
          <Trouble error={trouble} steps={steps} onStep={act} busy={busy} />
          {steps.includes(step) ? null : (
            <Button onPress={again} isPending={busy}>
              {t("common.tryAgain")}
            </Button>
          )}
        </div>
      ) : null}
      <section className={css["part"]}>
        <h2 className={css["heading"]}>{t("replaced.old", { last4: old || "none" })}</h2>
        <p>{t("replaced.old.more")}</p>
        <ul className={css["goes"]}>
          <li>{t("replaced.old.webhooks")}</li>
          <li>{t("replaced.old.metafields")}</li>
          <li>{t("replaced.old.others")}</li>
        </ul>
        <Button
          size="tall"
          icon={<ExternalLink aria-hidden />}
          onPress={() => openPage.mutate({ store: store.key, page: "apiAccounts", id: null })}
        >
          {t("settings.token.accounts")}
        </Button>
        {openPage.error ? <Trouble error={openPage.error} /> : null}
      </section>
      {trouble ? (
        <Notice gravity="warn" title={t("replaced.keep")}>
          {t("replaced.keep.more")}
        </Notice>
      ) : null}
    </StepPage>
  );
}
