import { t } from "../../i18n";
import { type ActivityRow, type WriteOptions, useStore, useWrite } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { needsOtherToken } from "../../lib/entries";
import { lastFailure } from "../../lib/failure";
import { useGo } from "../../lib/go";

/** Something that can be done with a change. */
export type EntryAct = {
  /** Tells it from the others. */
  id: "replaceToken" | "undo" | "retry" | "look" | "saidDone" | "saidNotDone" | "drop";
  /** Its name. */
  label: string;
  /** It sends something to the store, which a read-only store does not allow. */
  offBecause: string | null;
  /** Does it. */
  run: () => void;
};

/**
 * What can be done with a change now, the most fitting first. `options` are for where the `error` of what was done last
 * has no place to be shown.
 */
export function useEntryActions(store: string, row: ActivityRow | null, options: WriteOptions = {}) {
  const changing = useChanging();
  const look = useWrite("lookFor", options);
  const drop = useWrite("dropChange", options);
  const decide = useWrite("decide", options);
  const go = useGo();
  const shop = useStore(store);
  const readOnly = shop?.safety === "readOnly" ? t("order.off.readOnly") : null;
  const ref = { store, entry: row?.entry ?? "" };
  const giveUp = () => drop.mutate(ref);
  const acts: EntryAct[] = [];
  // Tried again with the same token, it would be refused again.
  if (row?.state === "refused" && needsOtherToken(row.said, shop)) {
    acts.push({ id: "replaceToken", label: t("step.replaceToken"), offBecause: null, run: () => go.connect(store) });
  }
  const lookAgain: EntryAct = {
    id: "look",
    label: t("activity.action.look"),
    offBecause: null,
    run: () => look.mutate(ref),
  };
  // Of what left no trace when it was looked for, the new try comes first.
  const looksLater = row?.state === "notApplied";
  if (row?.canLook && !looksLater) acts.push(lookAgain);
  if (row?.canDecide) {
    const say = (done: boolean) => () => decide.mutate({ ...ref, done });
    acts.push(
      { id: "saidDone", label: t("activity.action.saidDone"), offBecause: null, run: say(true) },
      { id: "saidNotDone", label: t("activity.action.saidNotDone"), offBecause: null, run: say(false) },
    );
  }
  if (row?.canRetry) {
    acts.push({
      id: "retry",
      label: t("activity.action.retry"),
      offBecause: readOnly,
      run: () => changing.retry(store, [ref.entry]),
    });
  }
  if (row?.canLook && looksLater) acts.push(lookAgain);
  if (row?.canUndo) {
    acts.push({
      id: "undo",
      label: t("activity.action.undo"),
      offBecause: readOnly,
      run: () => changing.undo(store, [ref.entry]),
    });
  }
  if (row?.canDrop) {
    acts.push({ id: "drop", label: t("activity.action.drop"), offBecause: null, run: giveUp });
  }
  return {
    acts,
    giveUp,
    error: lastFailure(look, drop, decide),
    busy: changing.busy || look.isPending || drop.isPending || decide.isPending,
  };
}
