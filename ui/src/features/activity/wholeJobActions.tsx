import { RotateCcw, RotateCw } from "lucide-react";
import { t } from "../../i18n";
import type { Job } from "../../ipc";
import type { Action } from "../../lib/actions";
import type { Changing } from "../../lib/changing";

/** What {@link wholeJobActions} are about. */
export type WholeJob = {
  /** The store's key. */
  store: string;
  /** What was changed together. */
  job: Job;
  /** What they stand under. */
  group: string;
  /** Why nothing can be sent, if nothing can. */
  offBecause: string | null;
  /** The road they take. */
  changing: Changing;
};

/** Puts back all that was changed together, and tries again whatever of it did not get done. */
export function wholeJobActions({ store, job, group, offBecause, changing }: WholeJob): Action[] {
  const about = {
    group,
    more: t("activity.count", { n: job.size }),
    offBecause: offBecause ?? (changing.busy ? t("palette.changeOnItsWay") : null),
  };
  const undo: Action = {
    ...about,
    id: `undo-${job.job}`,
    label: t("activity.action.undoJob"),
    icon: <RotateCcw aria-hidden />,
    run: () => changing.undoJob(store, job.job),
  };
  const retry: Action = {
    ...about,
    id: `retry-${job.job}`,
    label: t("activity.action.retryJob"),
    icon: <RotateCw aria-hidden />,
    run: () => changing.retryJob(store, job.job),
  };
  return [...(job.canUndo ? [undo] : []), ...(job.toLookAt > 0 ? [retry] : [])];
}
