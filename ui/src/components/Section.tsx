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
  /** Its heading's level: 3 in panels and sheets, whose title is the second; 2 on a screen. */
  level?: 2 | 3;
};

/** A part of a panel or sheet, parted from the next by a line. */
export function Section({ title, count, end, children, sides = "normal", level = 3 }: SectionProps) {
  const heading = useId();
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={css["section"]} data-sides={sides} aria-labelledby={title ? heading : undefined}>
      {title ? (
        <div className={css["head"]}>
          <Heading id={heading} className={css["title"]}>
            {title}
          </Heading>
          {count !== undefined && count !== null ? <span className={css["count"]}>{count}</span> : null}
          {end ? <span className={css["end"]}>{end}</span> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}
