import { History } from "lucide-react";
import { JobProgress } from "../../components/JobProgress";
import { Section } from "../../components/Section";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { type Job, useStore } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { useChanging } from "../../lib/changing";
import { needsOtherToken } from "../../lib/entries";
import { useGo } from "../../lib/go";
import css from "./JobSection.module.css";
import { useJobControls } from "./useJobControls";
import { wholeJobActions } from "./wholeJobActions";

/** Props of {@link JobSection}. */
export type JobSectionProps = {
  /** The store's key. */
  store: string;
  /** What was changed together. */
  job: Job;
  /** Whether another token is offered where that is what holds it; not where something else beside it does. */
  offersToken?: boolean;
  /** Shows all of it; nothing where all of it is shown. */
  onShow?: () => void;
  /** Why nothing can be sent, if nothing can. */
  offBecause: string | null;
};

/** What was changed together, how far it has come, and what can be done with all of it. */
export function JobSection({ store, job, offersToken = true, onShow, offBecause }: JobSectionProps) {
  const go = useGo();
  const shop = useStore(store);
  const changing = useChanging();
  const { pause, resume, stop } = useJobControls();
  const ref = { store, job: job.job };
  const needsToken = offersToken && job.isPaused && needsOtherToken(job.pausedBecause, shop);
  const mayChange = !changing.busy && offBecause === null;
  useOffer("open", () => {
    const group = t("palette.thisChange");
    const showing = {
      id: "job-show",
      group,
      label: t("activity.panel.job.show"),
      more: t("activity.count", { n: job.size }),
      icon: <History aria-hidden />,
    };
    return [
      ...(onShow ? [{ ...showing, run: onShow }] : []),
      // With what the strip shows, every screen can do the same.
      ...(changing.inStrip === job.job ? [] : wholeJobActions({ store, job, group, offBecause, changing })),
    ];
  });
  return (
    <Section title={t("activity.panel.job")}>
      <JobProgress
        job={job}
        wraps
        onReplaceToken={needsToken ? () => go.connect(store) : null}
        onPause={() => pause(ref)}
        onResume={() => resume(ref)}
        onStop={() => stop(ref)}
      />
      {needsToken ? <p className={css["why"]}>{t("trouble.missingScope.more")}</p> : null}
      <p className={css["acts"]}>
        {onShow ? <TextButton onPress={onShow}>{t("activity.panel.job.show")}</TextButton> : null}
        {job.toLookAt > 0 && mayChange ? (
          <TextButton onPress={() => changing.retryJob(store, job.job)}>{t("activity.action.retryJob")}</TextButton>
        ) : null}
        {job.canUndo && mayChange ? (
          <TextButton onPress={() => changing.undoJob(store, job.job)}>{t("activity.action.undoJob")}</TextButton>
        ) : null}
      </p>
    </Section>
  );
}
