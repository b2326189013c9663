import { type ReactNode, useId } from "react";
import css from "./Part.module.css";

/** Props of {@link Part}. */
export type PartProps = {
  /** Its heading. */
  title: string;
  /** What it is about. */
  more: string;
  /** Its fields. */
  children: ReactNode;
};

/** A part of the settings: what it is about at the left, its fields at the right. */
export function Part({ title, more, children }: PartProps) {
  const heading = useId();
  return (
    <section className={css["part"]} aria-labelledby={heading}>
      <div>
        <h2 id={heading} className={css["title"]}>
          {title}
        </h2>
        <p className={css["more"]}>{more}</p>
      </div>
      <div className={css["body"]}>{children}</div>
    </section>
  );
}
