import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import type { PendingField } from "../../ipc";
import { valueText } from "../../lib/values";
import { isRefused } from "./offBecause";
import css from "./PendingWord.module.css";

/** Props of {@link PendingWord}. */
export type PendingWordProps = {
  /** Changes on their way, or refused. */
  pending: readonly PendingField[];
};

function becoming({ field, wanted }: PendingField): string {
  if (wanted === null) return t("products.toDelete");
  if (wanted.kind === "flag") return t(wanted.on ? "products.toVisible" : "products.toHidden");
  if (field === "description") return t("activity.rewritten");
  return t("status.changing", { label: valueText(field, wanted) });
}

/** What a product is about to become, or that the store did not take it. */
export function PendingWord({ pending }: PendingWordProps) {
  const [first] = pending;
  if (!first) return null;
  const refused = pending.some(isRefused);
  const unanswered = !refused && pending.some(({ state }) => state === "unknown");
  return (
    <span className={css["word"]}>
      {refused ? (
        <Mark shape="cross" kind="bad" />
      ) : unanswered ? (
        <Mark shape="ring" kind="warn" />
      ) : (
        <Mark shape="turning" kind="idle" />
      )}
      <span className={css["text"]}>
        {refused ? t("products.notChanged") : becoming(first)}
        {unanswered ? `, ${t("products.unanswered")}` : null}
      </span>
    </span>
  );
}
