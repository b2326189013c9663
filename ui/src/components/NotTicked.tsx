import { RefreshCw } from "lucide-react";
import { t } from "../i18n";
import type { AppError } from "../ipc/bindings";
import { useOffer } from "../lib/actions";
import { troubleWords } from "../lib/trouble";
import { Button } from "./Button";
import { Notice } from "./Notice";

/** Props of {@link NotTicked}. */
export type NotTickedProps = {
  /** Why the rows could not be read. */
  error: AppError;
  /** Tries them once more. */
  onAgain: () => void;
};

/** Above the foot of a list: rows that were to be ticked or unticked are as they were. */
export function NotTicked({ error, onAgain }: NotTickedProps) {
  const { cause, more } = troubleWords(error);
  useOffer("ticked", () => [
    {
      id: "tick-again",
      group: t("palette.list"),
      label: t("step.tryAgain"),
      more: t("list.notTicked"),
      icon: <RefreshCw aria-hidden />,
      run: onAgain,
    },
  ]);
  return (
    <Notice
      title={t("list.notTicked")}
      gravity="warn"
      announce
      action={<Button onPress={onAgain}>{t("step.tryAgain")}</Button>}
    >
      {cause}. {more}
    </Notice>
  );
}
