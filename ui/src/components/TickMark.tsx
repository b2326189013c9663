import { classes } from "../lib/classes";
import css from "./TickMark.module.css";

/** Props of {@link TickMark}. */
export type TickMarkProps = {
  /** Ticked, not, or partly. */
  state: "on" | "off" | "some";
  /** Draws the focus ring. */
  ringed?: boolean;
};

/** The drawn part of a tick box; what it means is said by the element around it. */
export function TickMark({ state, ringed }: TickMarkProps) {
  return (
    <svg
      viewBox="0 0 14 14"
      aria-hidden
      className={classes(css["mark"], state !== "off" && css["full"], ringed && css["ringed"])}
    >
      <rect className={css["frame"]} x="0.5" y="0.5" width="13" height="13" rx="3" />
      {state === "on" ? <path className={css["line"]} d="M3.4 7.4 5.9 9.8 10.6 4.6" /> : null}
      {state === "some" ? <path className={css["line"]} d="M3.8 7h6.4" /> : null}
    </svg>
  );
}
