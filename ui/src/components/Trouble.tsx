import type { AppError } from "../ipc/bindings";
import { type NextStep, stepWords, troubleWords } from "../lib/trouble";
import { Button } from "./Button";
import { Notice } from "./Notice";

/** Props of {@link Trouble}. */
export type TroubleProps = {
  /** What went wrong. */
  error: AppError;
  /** Does the next step. Without it, or for a step it does not know, no button is shown. */
  onStep?: (step: Exclude<NextStep, "none">) => void;
  /** Steps that can be done here; all of them if left out. */
  steps?: readonly NextStep[];
  /** The step is being done. */
  busy?: boolean;
  /** There is nothing else on the page. */
  alone?: boolean;
};

/** A trouble in words, with its one next step. */
export function Trouble({ error, onStep, steps, busy, alone = false }: TroubleProps) {
  const { cause, more, step, gravity } = troubleWords(error);
  const label = stepWords(step);
  const can = onStep && step !== "none" && (!steps || steps.includes(step));
  return (
    <Notice
      title={cause}
      gravity={gravity}
      announce
      alone={alone}
      action={
        can && label ? (
          <Button onPress={() => onStep(step)} isPending={busy ?? false}>
            {label}
          </Button>
        ) : null
      }
    >
      {more}
    </Notice>
  );
}
