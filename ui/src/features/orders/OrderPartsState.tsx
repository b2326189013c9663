import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { CopyWords } from "../../components/CopyWords";
import { Notice } from "../../components/Notice";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import type { OrderPartsDto } from "../../ipc";
import { shortDate } from "../../lib/dates";
import { troubleWords } from "../../lib/trouble";
import css from "./OrderPartsState.module.css";
import type { Asking } from "./useOrderParts";

/** Props of {@link OrderPartsState}. */
export type OrderPartsStateProps = {
  /** What is here; `null` where there is nothing yet. */
  parts: OrderPartsDto | null;
  /** How it stands with asking for more. */
  asking: Asking;
};

/** Says why items, addresses and shipments are missing or old; nothing where all is well. */
export function OrderPartsState({ parts, asking }: OrderPartsStateProps) {
  const { busy, error, again } = asking;
  if (error && !busy) {
    const { cause, more, step } = troubleWords(error);
    // What only starting over mends is said whole above the list, with its button: to ask again would be in vain.
    const isInVain = step === "startOver";
    return (
      <div className={css["state"]}>
        <Notice
          title={t("order.parts.failed")}
          gravity={parts ? "quiet" : "warn"}
          action={isInVain ? null : <Button onPress={again}>{t("common.tryAgain")}</Button>}
        >
          <p>
            {cause}. {isInVain ? null : more}
          </p>
          {parts ? <p>{t("order.parts.older", { when: shortDate(parts.readAt, { inSentence: true }) })}</p> : null}
        </Notice>
      </div>
    );
  }
  if (parts === null) {
    return busy ? (
      <Section title={t("order.lines")}>
        <p className={css["busy"]} role="status">
          <BusySign />
          {t("order.parts.reading")}
        </p>
      </Section>
    ) : null;
  }
  if (parts.unreadableDetails !== "") {
    return (
      <div className={css["state"]}>
        <Notice
          title={t("order.parts.unreadable", {
            parts: parts.unreadable.map((part) => t(`order.part.${part}`)).join(", ") || t("order.part.some"),
          })}
          gravity="warn"
          action={<CopyWords text={parts.unreadableDetails}>{t("unreadable.copy")}</CopyWords>}
        >
          {t("order.parts.unreadable.more")}
        </Notice>
      </div>
    );
  }
  return null;
}
