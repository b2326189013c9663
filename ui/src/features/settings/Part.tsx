import { type ReactNode, type Ref, useId } from "react";
import css from "./Part.module.css";

/** Props of {@link Part}. */
export type PartProps = {
  /** Its heading. */
  title: string;
  /** What it is about. */
  more: string;
  /** The element itself. */
  ref?: Ref<HTMLElement>;
  /** Its fields. */
  children: ReactNode;
};

/** A part of the settings: what it is about at the left, its fields at the right. */
export function Part({ title, more, ref, children }: PartProps) {
  const heading = useId();
  return (
    <section ref={ref} className={css["part"]} aria-labelledby={heading}>
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
