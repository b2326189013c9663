import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import type { ActivityRow } from "../../ipc";
import { entryWords } from "../../lib/entries";
import { useGo } from "../../lib/go";
import { useTellTrouble } from "../../lib/telling";
import { useEntryActions } from "./useEntryActions";

/** Props of {@link EntryAction}. */
export type EntryActionProps = {
  /** The store's key. */
  store: string;
  /** The change. */
  row: ActivityRow;
};

/** The next step of a change, at the end of its row. */
export function EntryAction({ store, row }: EntryActionProps) {
  const go = useGo();
  const { acts, busy } = useEntryActions(store, row, { onError: useTellTrouble() });
  if (row.canDecide) {
    // Nobody should say what became of it before they saw all that is known.
    return (
      <TextButton
        onPress={() => go.activity(store, { filter: "toLookAt", open: row.entry })}
        excludeFromTabOrder
        aria-label={`${t("activity.action.decide")} ${entryWords(row).what}`}
      >
        {t("activity.action.decide")}
      </TextButton>
    );
  }
  const [first] = acts;
  if (!first || first.offBecause) return null;
  return (
    <TextButton
      onPress={first.run}
      isDisabled={busy}
      excludeFromTabOrder
      aria-label={`${first.label} ${entryWords(row).what}`}
    >
      {first.label}
    </TextButton>
  );
}
