import { JobProgress } from "../../components/JobProgress";
import { t } from "../../i18n";
import { useRead, useStore } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { needsOtherToken } from "../../lib/entries";
import { useGo } from "../../lib/go";
import css from "./OpenJobs.module.css";
import { useJobControls } from "./useJobControls";

/** Props of {@link OpenJobs}. */
export type OpenJobsProps = {
  /** The store's key. */
  store: string;
};

/** Every job of which something is still on its way, below the list. */
export function OpenJobs({ store }: OpenJobsProps) {
  const go = useGo();
  const shop = useStore(store);
  const jobs = useRead("jobs", { store }).data?.jobs ?? [];
  const { pause, resume, stop } = useJobControls();
  const { inStrip } = useChanging();
  // The strip, right below, shows the newest one already.
  const many = jobs.filter(({ size, job }) => size > 1 && job !== inStrip);
  if (many.length === 0) return null;
  return (
    <section aria-label={t("activity.jobs")}>
      <ul className={css["jobs"]}>
        {many.map((job) => {
          const ref = { store, job: job.job };
          return (
            <li key={job.job}>
              <JobProgress
                job={job}
                onReplaceToken={needsOtherToken(job.pausedBecause, shop) ? () => go.connect(store) : null}
                onPause={() => pause(ref)}
                onResume={() => resume(ref)}
                onStop={() => stop(ref)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
