import { t } from "../i18n";
import type { Job } from "../ipc/bindings";
import { classes } from "../lib/classes";
import { count } from "../lib/counts";
import { span } from "../lib/dates";
import { saidWords } from "../lib/entries";
import css from "./JobProgress.module.css";
import { Mark } from "./Mark";
import { ProgressBar } from "./ProgressBar";
import { TextButton } from "./TextButton";

/** Props of {@link JobProgress}. */
export type JobProgressProps = {
  /** The job. */
  job: Job;
  /** Holds it. */
  onPause: () => void;
  /** Goes on with it. */
  onResume: () => void;
  /** Gives up what was not sent. */
  onStop: () => void;
  /** Gives the store another token; `null` where that is not what holds it. */
  onReplaceToken: (() => void) | null;
  /** Takes as many lines as it needs, instead of one. */
  wraps?: boolean;
};

const isOver = (job: Job) => job.waiting === 0 && job.underWay === 0;

/** How it went, or goes, in words. */
function jobWords(job: Job): string {
  const parts: string[] = [];
  if (isOver(job)) parts.push(t("strip.job.over", { n: job.done }));
  else parts.push(t("strip.job", { done: count(job.size - job.waiting - job.underWay), n: job.size }));
  if (job.toLookAt > 0) parts.push(t("strip.job.toLookAt", { n: job.toLookAt }));
  if (job.dropped > 0) parts.push(t("strip.job.dropped", { n: job.dropped }));
  return parts.join(" · ");
}

/** How much longer, or why not. */
function leftWords(job: Job): string {
  if (isOver(job)) return "";
  if (job.isStopped) return t("strip.job.stopped");
  if (job.isPaused) {
    const words = saidWords(job.pausedBecause);
    return words === "" ? t("strip.job.paused") : t("strip.job.pausedBecause", { words });
  }
  return job.secondsLeft === null ? "" : t("strip.job.left", { span: span(job.secondsLeft) });
}

/** How far a job has come: a bar, how many of all, how much longer; and holding, going on, stopping. */
export function JobProgress({ job, onPause, onResume, onStop, onReplaceToken, wraps = false }: JobProgressProps) {
  const over = isOver(job);
  const left = leftWords(job);
  return (
    <div className={classes(css["job"], wraps && css["wraps"])}>
      {over ? (
        <Mark shape={job.toLookAt > 0 ? "triangle" : "tick"} kind={job.toLookAt > 0 ? "bad" : "ok"} />
      ) : (
        <Mark shape={job.isPaused ? "ring" : "turning"} kind="idle" />
      )}
      {over ? null : (
        <div className={css["bar"]}>
          <ProgressBar
            label={t("strip.job.progress")}
            value={job.size - job.waiting - job.underWay}
            max={job.size}
          />
        </div>
      )}
      <span className={css["words"]}>{jobWords(job)}</span>
      {left ? <span className={css["left"]}>{left}</span> : null}
      {over || job.isStopped ? null : (
        <>
          {job.isPaused && onReplaceToken ? (
            <TextButton onPress={onReplaceToken}>{t("step.replaceToken")}</TextButton>
          ) : null}
          {job.isPaused ? (
            <TextButton onPress={onResume}>{t("strip.job.resume")}</TextButton>
          ) : (
            <TextButton onPress={onPause}>{t("strip.job.pause")}</TextButton>
          )}
          <TextButton onPress={onStop}>{t("strip.job.stop")}</TextButton>
        </>
      )}
    </div>
  );
}
