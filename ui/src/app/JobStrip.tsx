import { JobProgress } from "../components/JobProgress";
import { TextButton } from "../components/TextButton";
import { t } from "../i18n";
import { useRead, useWrite } from "../ipc";

/** Props of {@link JobStrip}. */
export type JobStripProps = {
  /** The store. */
  store: string;
  /** The job. */
  job: string;
  /** Plans to put it back. */
  onUndo: () => void;
  /** Shows it in Activity. */
  onShow: () => void;
};

/** How far a job has come, in the strip, and what can be done with it. */
export function JobStrip({ store, job: id, onUndo, onShow }: JobStripProps) {
  const job = useRead("job", { store, job: id }).data;
  const pause = useWrite("pauseJob");
  const resume = useWrite("resumeJob");
  const stop = useWrite("stopJob");
  if (!job) return null;
  const ref = { store, job: id };
  const isOver = job.waiting === 0 && job.underWay === 0;
  return (
    <>
      <JobProgress
        job={job}
        onPause={() => pause.mutate(ref)}
        onResume={() => resume.mutate(ref)}
        onStop={() => stop.mutate(ref)}
      />
      {isOver && job.canUndo ? <TextButton onPress={onUndo}>{t("strip.undo")}</TextButton> : null}
      <TextButton onPress={onShow}>{t("strip.show")}</TextButton>
    </>
  );
}
