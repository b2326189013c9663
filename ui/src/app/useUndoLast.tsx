import { RotateCcw } from "lucide-react";
import { t } from "../i18n";
import { type ActivityRow, type Store, api, asAppError, readRows } from "../ipc";
import { useOffer } from "../lib/actions";
import { useChanging } from "../lib/changing";
import { useTell } from "../lib/telling";
import { troubleWords } from "../lib/trouble";

/** How far back the last change is looked for: behind so many that can't be undone, nobody means it. */
const mostLookedAt = 200;

/** Putting back what was put back is not what anybody means by undoing the last change. */
const isMeant = (row: ActivityRow | null): row is ActivityRow => row !== null && row.canUndo && row.undoes === null;

/** Everything that was changed together with the newest change that can be put back. */
async function lastChange(store: string): Promise<string[]> {
  const { view, count } = await api.openActivity({ store, filter: "all", search: "", job: null });
  const rows = await readRows("activityRows", view, 0, Math.min(count, mostLookedAt));
  const job = rows.find(isMeant)?.job;
  if (job === undefined) return [];
  // What was confirmed at one time lies together; there may be more of it than was read.
  const last = rows.at(-1);
  const all = last?.job === job ? await readRows("activityRows", view, 0, count) : rows;
  return all.filter(isMeant).flatMap((row) => (row.job === job ? [row.entry] : []));
}

/** Offers to put the last change back. */
export function useUndoLast(store: Store): void {
  const changing = useChanging();
  const tell = useTell();
  const undo = async () => {
    try {
      const entries = await lastChange(store.key);
      if (entries.length > 0) changing.undo(store.key, entries);
      else tell(t("strip.nothingToUndo"));
    } catch (thrown) {
      tell(troubleWords(asAppError(thrown)).cause, "result");
    }
  };
  useOffer("frame", () => [
    {
      id: "undo-last",
      group: t("palette.thisStore"),
      label: t("palette.undoLast"),
      icon: <RotateCcw aria-hidden />,
      keys: "undoLast",
      offBecause:
        store.safety === "readOnly" ? t("order.off.readOnly") : changing.busy ? t("palette.changeOnItsWay") : null,
      run: () => void undo(),
    },
  ]);
}
