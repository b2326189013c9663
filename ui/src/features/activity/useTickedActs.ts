import { t } from "../../i18n";
import { type ActivityRow, type EntryState, type Ticked, useStore } from "../../ipc";
import { useChanging } from "../../lib/changing";

/** What can be done with the changes that are ticked. */
export type TickedActs = {
  /** Plans to put them back; those of them that can't be are named in the preview. */
  undo: () => void;
  /** Why that can't be done now. */
  undoOff: string | null;
  /** Plans to try them again. */
  retry: () => void;
  /** Why that can't be done now. */
  retryOff: string | null;
  /** More of them failed than can be undone. */
  mostFailed: boolean;
};

/** A change that had not come to its end when it was ticked may have come to either since. */
const onTheWay: ReadonlySet<EntryState> = new Set(["waiting", "sending", "unknown"]);

/** Makes {@link TickedActs}. */
export function useTickedActs(store: string, ticked: Ticked<ActivityRow>): TickedActs {
  const changing = useChanging();
  const readOnly = useStore(store)?.safety === "readOnly" ? t("order.off.readOnly") : null;
  const undoable = ticked.rows.filter(({ canUndo }) => canUndo).length;
  const failed = ticked.rows.filter(({ canRetry }) => canRetry).length;
  const open = ticked.rows.some(({ state }) => onTheWay.has(state));
  const off = readOnly ?? (ticked.reading ? t("activity.bulk.reading") : changing.busy ? t("strip.planning") : null);
  return {
    undo: () => changing.undo(store, ticked.ids, ticked.clear),
    undoOff: off ?? (undoable === 0 && !open ? t("activity.bulk.noneUndo") : null),
    retry: () => changing.retry(store, ticked.ids, ticked.clear),
    retryOff: off ?? (failed === 0 && !open ? t("activity.bulk.noneRetry") : null),
    mostFailed: failed > undoable,
  };
}
