import { type JobRef, useWrite } from "../../ipc";
import { useTellTrouble } from "../../lib/telling";

/** What can be done with a job on its way. */
export type JobControls = {
  /** Holds it. */
  pause: (job: JobRef) => void;
  /** Goes on with it. */
  resume: (job: JobRef) => void;
  /** Gives up what was not sent. */
  stop: (job: JobRef) => void;
};

/** Holds jobs, goes on with them and stops them. Where that comes to nothing it says so: how far a job has come does not. */
export function useJobControls(): JobControls {
  const onError = useTellTrouble();
  const { mutate: pause } = useWrite("pauseJob", { onError });
  const { mutate: resume } = useWrite("resumeJob", { onError });
  const { mutate: stop } = useWrite("stopJob", { onError });
  return { pause, resume, stop };
}
