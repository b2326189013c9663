import { CircleAlert, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Gravity } from "../lib/trouble";
import { classes } from "../lib/classes";
import css from "./Notice.module.css";

/** Props of {@link Notice}. */
export type NoticeProps = {
  /** The cause, in one line. */
  title: ReactNode;
  /** What follows from it. */
  children?: ReactNode;
  /** How bad it is. */
  gravity?: Gravity;
  /** The one next step. */
  action?: ReactNode;
  /** In place of the usual sign. */
  icon?: ReactNode;
  /** Said at once by screen readers. Only for what just happened. */
  announce?: boolean;
  /** There is nothing else on the page: its title is the page's heading. */
  alone?: boolean;
};

const signs = { quiet: Info, warn: TriangleAlert, bad: CircleX } as const;

/** Something a person has to know: the cause, then one step. */
export function Notice({ title, children, gravity = "quiet", action, icon, announce, alone }: NoticeProps) {
  const Sign = signs[gravity] ?? CircleAlert;
  const Title = alone ? "h1" : "p";
  return (
    <div className={classes(css["notice"], css[gravity])} role={announce ? "alert" : undefined}>
      <span className={css["sign"]}>{icon ?? <Sign aria-hidden />}</span>
      <div className={css["words"]}>
        <Title className={css["title"]}>{title}</Title>
        {children ? <div className={css["more"]}>{children}</div> : null}
      </div>
      {action ? <div className={css["action"]}>{action}</div> : null}
    </div>
  );
}
