import type { ReactNode } from "react";
import css from "./EmptyState.module.css";

/** Props of {@link EmptyState}. */
export type EmptyStateProps = {
  /** What is not there. */
  title: string;
  /** Where was looked, or when there will be something. */
  children?: ReactNode;
  /** The wider search, or the first step. */
  actions?: ReactNode;
};

/** Stands where rows would: what was looked for, where, and how to go on. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className={css["empty"]}>
      <p className={css["title"]}>{title}</p>
      {children ? <p className={css["more"]}>{children}</p> : null}
      {actions ? <div className={css["actions"]}>{actions}</div> : null}
    </div>
  );
}
