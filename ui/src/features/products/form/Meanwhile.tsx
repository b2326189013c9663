import { CopyWords } from "../../../components/CopyWords";
import { TextButton } from "../../../components/TextButton";
import { t } from "../../../i18n";
import css from "./ProductForm.module.css";

/** Props of {@link Meanwhile}. */
export type MeanwhileProps = {
  /** What the store has now, in words; `null` where that is too long to say. */
  now: string | null;
  /** What the store has now, to be copied where it is too long to say. */
  text: string;
  /** Takes the store's value. */
  onTake: () => void;
  /** Stays with what was typed. */
  onKeep: () => void;
};

/** Says below a field that somebody else has changed it, and lets the person choose. What was typed stays until then. */
export function Meanwhile({ now, text, onTake, onKeep }: MeanwhileProps) {
  return (
    <div className={css["meanwhile"]} role="alert">
      <p>{now === null ? t("form.meanwhile.text") : t("form.meanwhile", { value: now })}</p>
      <p className={css["choices"]}>
        <TextButton size="small" onPress={onTake}>
          {t("form.meanwhile.take")}
        </TextButton>
        <TextButton size="small" onPress={onKeep}>
          {t("form.meanwhile.keep")}
        </TextButton>
        {now === null ? (
          <CopyWords text={text} size="normal">
            {t("form.meanwhile.copy")}
          </CopyWords>
        ) : null}
      </p>
    </div>
  );
}
