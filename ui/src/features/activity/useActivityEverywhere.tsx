import { Eraser, Pause, Play, X } from "lucide-react";
import { t } from "../../i18n";
import { type Store, useRead, useWrite } from "../../ipc";
import type { Action } from "../../lib/actions";
import { useChanging } from "../../lib/changing";
import { count } from "../../lib/counts";
import { useTellTrouble } from "../../lib/telling";
import { exportActions } from "./exportActions";
import { keepingChoices, keepingWords } from "./keeping";
import { useActivityExport } from "./useActivityExport";
import { useJobControls } from "./useJobControls";
import { wholeJobActions } from "./wholeJobActions";

/** What can be done about changes on every screen: with those on their way, with the last many, and a file of all. */
export function useActivityEverywhere(store: Store): () => Action[] {
  const { key } = store;
  const changing = useChanging();
  const jobs = useRead("jobs", { store: key }).data?.jobs ?? [];
  const inStrip = useRead("job", { store: key, job: changing.inStrip ?? "" }, { enabled: changing.inStrip !== null }).data;
  const { pause, resume, stop } = useJobControls();
  const { mutate: setKeeping } = useWrite("setActivityKeeping", { onError: useTellTrouble() });
  const kept = useRead("activityKeeping", { store: key }).data?.eraseAfterDays ?? null;
  const exporting = useActivityExport({ store: key, filter: "all", search: "", job: null });

  return () => {
    const open = jobs.flatMap((job): Action[] => {
      if (job.size < 2 || job.isStopped || job.waiting + job.underWay === 0) return [];
      const ref = { store: key, job: job.job };
      const group = t("activity.jobs");
      const more = t("strip.job", { done: count(job.size - job.waiting - job.underWay), n: job.size });
      return [
        job.isPaused
          ? { id: `resume-${job.job}`, group, label: t("strip.job.resume"), more, icon: <Play aria-hidden />, run: () => resume(ref) }
          : { id: `pause-${job.job}`, group, label: t("strip.job.pause"), more, icon: <Pause aria-hidden />, run: () => pause(ref) },
        { id: `stop-${job.job}`, group, label: t("strip.job.stop"), more, icon: <X aria-hidden />, run: () => stop(ref) },
      ];
    });
    const offBecause = store.safety === "readOnly" ? t("order.off.readOnly") : null;
    const group = t("palette.thisStore");
    const whole = inStrip ? wholeJobActions({ store: key, job: inStrip, group, offBecause, changing }) : [];
    const files = exportActions(
      { id: "export", group, label: (form) => t("palette.exportChanges", { form }), words: t("activity.export") },
      exporting,
    );
    const keeping = keepingChoices.map((days) => ({
      id: `keeping-${days}`,
      group,
      label: `${t("activity.keeping")}: ${keepingWords(days)}`,
      icon: <Eraser aria-hidden />,
      words: t("nav.activity"),
      offBecause: days === kept ? t("palette.inForce") : null,
      run: () => setKeeping({ store: key, eraseAfterDays: days }),
    }));
    return [...open, ...whole, ...files, ...keeping];
  };
}
