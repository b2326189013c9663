import { TextButton } from "../../components/TextButton";
import type { ActivityRow } from "../../ipc";
import { entryWords } from "../../lib/entries";
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
  const { acts, busy } = useEntryActions(store, row);
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
