import { JobProgress } from "../../components/JobProgress";
import { Section } from "../../components/Section";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { type Job, useWrite } from "../../ipc";
import { useChanging } from "../../lib/changing";
import css from "./JobSection.module.css";

/** Props of {@link JobSection}. */
export type JobSectionProps = {
  /** The store's key. */
  store: string;
  /** What was changed together. */
  job: Job;
  /** Shows all of it; nothing where all of it is shown. */
  onShow?: () => void;
  /** Why nothing can be sent, if nothing can. */
  offBecause: string | null;
};

/** What was changed together, how far it has come, and what can be done with all of it. */
export function JobSection({ store, job, onShow, offBecause }: JobSectionProps) {
  const changing = useChanging();
  const pause = useWrite("pauseJob");
  const resume = useWrite("resumeJob");
  const stop = useWrite("stopJob");
  const ref = { store, job: job.job };
  const mayChange = !changing.busy && offBecause === null;
  return (
    <Section title={t("activity.panel.job")}>
      <JobProgress
        job={job}
        onPause={() => pause.mutate(ref)}
        onResume={() => resume.mutate(ref)}
        onStop={() => stop.mutate(ref)}
      />
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
