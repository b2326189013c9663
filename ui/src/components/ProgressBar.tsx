import { ProgressBar as Progress } from "react-aria-components";
import css from "./ProgressBar.module.css";

/** Props of {@link ProgressBar}. */
export type ProgressBarProps = {
  /** What is going on. */
  label: string;
  /** Done so far. */
  value: number;
  /** The whole of it. */
  max: number;
};

/** How far something has come. */
export function ProgressBar({ label, value, max }: ProgressBarProps) {
  return (
    <Progress aria-label={label} value={value} maxValue={Math.max(max, 1)} className={css["track"]!}>
      {({ percentage }) => <span className={css["done"]} style={{ width: `${percentage ?? 0}%` }} />}
    </Progress>
  );
}
