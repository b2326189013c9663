import { JobProgress } from "../components/JobProgress";
import { TextButton } from "../components/TextButton";
import { useJobControls } from "../features/activity/useJobControls";
import { t } from "../i18n";
import { useRead, useStore } from "../ipc";
import { needsOtherToken } from "../lib/entries";

/** Props of {@link JobStrip}. */
export type JobStripProps = {
  /** The store. */
  store: string;
  /** The job. */
  job: string;
  /** Plans to put it back. */
  onUndo: () => void;
  /** Gives the store another token. */
  onReplaceToken: () => void;
  /** Shows it in Activity. */
  onShow: () => void;
};

/** How far a job has come, in the strip, and what can be done with it. */
export function JobStrip({ store, job: id, onUndo, onReplaceToken, onShow }: JobStripProps) {
  const job = useRead("job", { store, job: id }).data;
  const shop = useStore(store);
  const { pause, resume, stop } = useJobControls();
  if (!job) return null;
  const ref = { store, job: id };
  const isOver = job.waiting === 0 && job.underWay === 0;
  return (
    <>
      <JobProgress
        job={job}
        onReplaceToken={needsOtherToken(job.pausedBecause, shop) ? onReplaceToken : null}
        onPause={() => pause(ref)}
        onResume={() => resume(ref)}
        onStop={() => stop(ref)}
      />
      {isOver && job.canUndo ? <TextButton onPress={onUndo}>{t("strip.undo")}</TextButton> : null}
      <TextButton onPress={onShow}>{t("strip.show")}</TextButton>
    </>
  );
}
