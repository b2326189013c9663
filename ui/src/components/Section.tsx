import { type ReactNode, useId } from "react";
import css from "./Section.module.css";

/** Props of {@link Section}. */
export type SectionProps = {
  /** Its heading. */
  title?: string;
  /** Quietly behind the heading, such as a count. */
  count?: ReactNode;
  /** At the right of the heading. */
  end?: ReactNode;
  /** What it holds. */
  children: ReactNode;
  /** `wide` in sheets. */
  sides?: "normal" | "wide";
};

/** A part of a panel or sheet, parted from the next by a line. */
export function Section({ title, count, end, children, sides = "normal" }: SectionProps) {
  const heading = useId();
  return (
    <section className={css["section"]} data-sides={sides} aria-labelledby={title ? heading : undefined}>
      {title ? (
        <div className={css["head"]}>
          <h3 id={heading} className={css["title"]}>
            {title}
          </h3>
          {count !== undefined && count !== null ? <span className={css["count"]}>{count}</span> : null}
          {end ? <span className={css["end"]}>{end}</span> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}
