import { classes } from "../lib/classes";
import css from "./Mark.module.css";

/** Shape of a mark: how far something is. */
export type Shape = "dashed" | "ring" | "full" | "half" | "barred" | "cross" | "tick" | "triangle" | "turning";

/** Colour of a mark: what kind of thing it is. */
export type Kind = "idle" | "warn" | "ok" | "back" | "bad" | "info";

/** Props of {@link Mark}. */
export type MarkProps = {
  /** Its shape. */
  shape: Shape;
  /** Its colour. */
  kind: Kind;
};

/** The small mark before a state's word. Never alone: the word says what it means. In high contrast a full one has a
 * form of its own for each kind, so that nobody has to tell colors apart. */
export function Mark({ shape, kind }: MarkProps) {
  return (
    <svg
      data-dot
      data-shape={shape}
      data-kind={kind}
      className={css["mark"]}
      viewBox="0 0 10 10"
      width="10"
      height="10"
      aria-hidden
    >
      {shape === "full" ? fullOf(kind) : drawing(shape)}
    </svg>
  );
}

function apart(kind: Kind) {
  switch (kind) {
    case "ok":
    case "idle":
      return <circle cx="5" cy="5" r="4" className={css["solid"]} />;
    case "warn":
      return <path d="M5 .4 9.6 5 5 9.6.4 5z" className={css["solid"]} />;
    case "info":
      return <path d="M1.2 1.2h7.6v7.6H1.2z" className={css["solid"]} />;
    case "back":
      return <path d="M.6 1.6h8.8L5 9.4z" className={css["solid"]} />;
    case "bad":
      return (
        <>
          <circle cx="5" cy="5" r="4.6" className={css["solid"]} />
          <path d="M2.4 5h5.2" className={css["cut"]} />
        </>
      );
  }
}

function fullOf(kind: Kind) {
  return (
    <>
      <circle cx="5" cy="5" r="4" className={classes(css["solid"], css["usual"])} />
      <g className={css["apart"]}>{apart(kind)}</g>
    </>
  );
}

function drawing(shape: Exclude<Shape, "full">) {
  switch (shape) {
    case "ring":
      return <circle cx="5" cy="5" r="3.2" className={css["line"]} />;
    case "dashed":
      return <circle cx="5" cy="5" r="3.4" className={css["line"]} strokeDasharray="1.6 1.44" />;
    case "half":
      return (
        <>
          <circle cx="5" cy="5" r="3.3" className={css["line"]} />
          <path d="M5 1.7a3.3 3.3 0 0 1 0 6.6z" className={css["solid"]} />
        </>
      );
    case "barred":
      return (
        <>
          <circle cx="5" cy="5" r="3.5" className={css["line"]} />
          <path d="M2.7 7.3 7.3 2.7" className={css["line"]} />
        </>
      );
    case "cross":
      return <path d="M1.8 1.8 8.2 8.2M8.2 1.8 1.8 8.2" className={css["line"]} />;
    case "tick":
      return (
        <>
          <circle cx="5" cy="5" r="4.4" className={css["solid"]} />
          <path d="M3 5.1 4.4 6.5 7 3.7" className={css["cut"]} />
        </>
      );
    case "triangle":
      return <path d="M5 1.2 9.2 8.6H.8z" className={css["solid"]} />;
    case "turning":
      return (
        <>
          <circle cx="5" cy="5" r="3.6" className={css["track"]} />
          <path d="M5 1.4A3.6 3.6 0 0 1 8.6 5" className={css["line"]} />
        </>
      );
  }
}
