import { Check, ExternalLink, LoaderCircle, X } from "lucide-react";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { Notice } from "../../components/Notice";
import { t } from "../../i18n";
import { type Store, type StoreState, type Tidied, useStoreState, useWrite } from "../../ipc";
import { troubleWords } from "../../lib/trouble";
import { TidyTrouble } from "./TidyTrouble";
import { StepPage } from "./WizardFrame";
import css from "./Replaced.module.css";

/** Props of {@link Replaced}. */
export type ReplacedProps = {
  /** The store, with its new token. */
  store: Store;
  /** The last four characters of the one before. */
  old: string;
  /** When that one was last used for a refresh. */
  refreshedAt: string | null;
  /** What was put away, and what could not be. */
  tidied: Tidied;
  /** The file that the token came in. */
  fileName: string | null;
  /** Opens the store. */
  onOpen: () => void;
};

/** After a token was replaced: whether the new one works, and what becomes of the old one's account. */
export function Replaced({ store, old, refreshedAt, tidied, fileName, onOpen }: ReplacedProps) {
  const openPage = useWrite("openPage");
  const state = useStoreState(store.key);
  const test = tested(state, refreshedAt);
  const Sign = { ok: Check, bad: X, running: LoaderCircle }[test];
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
      <p className={css["test"]} data-state={test} role="status">
        <Sign aria-hidden />
        {test === "bad" && state?.trouble ? troubleWords(state.trouble).cause : t(`replaced.test.${test}`)}
      </p>
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
      </section>
      {test === "bad" ? (
        <Notice gravity="warn" title={t("replaced.keep")} announce>
          {t("replaced.keep.more")}
        </Notice>
      ) : null}
    </StepPage>
  );
}

/** The store has answered to the new token, has refused it, or is being asked. */
function tested(state: StoreState | null | undefined, before: string | null): "ok" | "bad" | "running" {
  if (!state || state.token === "notAsked" || state.token === "unlocking") return "running";
  if (state.trouble) return "bad";
  // Its quota comes with the first answer; where the store names none, the first refresh tells.
  return state.token === "ready" && (state.quota || state.refreshedAt !== before) ? "ok" : "running";
}
