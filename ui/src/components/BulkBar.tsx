import type { ReactNode } from "react";
import { TickMark } from "./TickMark";
import css from "./BulkBar.module.css";

/** Props of {@link BulkBar}. */
export type BulkBarProps = {
  /** Names it. */
  label: string;
  /** All rows are ticked. */
  all: boolean;
  /** What is ticked. */
  what: ReactNode;
  /** Its sum. */
  sum?: ReactNode;
  /** What can be done to all of it; one of them filled. */
  children: ReactNode;
};

/** In the foot's place while rows are ticked: what can be done to all of them. */
export function BulkBar({ label, all, what, sum, children }: BulkBarProps) {
  return (
    <div className={css["bar"]} role="region" aria-label={label}>
      <TickMark state={all ? "on" : "some"} />
      <span className={css["what"]} role="status">
        {what}
      </span>
      {sum ? <span className={css["sum"]}>{sum}</span> : null}
      <span className={css["space"]} />
      {children}
    </div>
  );
}
