import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef } from "react";
import { t } from "../i18n";
import css from "./PaneEdge.module.css";

/** Props of {@link PaneEdge}. */
export type PaneEdgeProps = {
  /** Width of the panel at its right. */
  width: number;
  /** Least width. */
  min: number;
  /** Greatest width. */
  max: number;
  /** The width it goes back to on a double click. */
  usual: number;
  /** Told about another width. */
  onWidth: (width: number) => void;
};

/** The edge between a list and its panel: dragged, or moved with the arrow keys. */
export function PaneEdge({ width, min, max, usual, onWidth }: PaneEdgeProps) {
  const start = useRef<{ x: number; width: number } | null>(null);
  /** The width that is wanted: keys may come faster than it is drawn, and each counts. */
  const wanted = useRef(width);
  useLayoutEffect(() => {
    wanted.current = width;
  }, [width]);
  const set = (to: number) => {
    wanted.current = Math.max(min, Math.min(max, Math.round(to)));
    onWidth(wanted.current);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 48 : 16;
    const to =
      event.key === "ArrowLeft"
        ? wanted.current + step
        : event.key === "ArrowRight"
          ? wanted.current - step
          : event.key === "Home"
            ? max
            : event.key === "End"
              ? min
              : null;
    if (to === null) return;
    event.preventDefault();
    set(to);
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (start.current) set(start.current.width + start.current.x - event.clientX);
  };

  return (
    // A separator that can be moved is a control, and takes the focus like one.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("common.resizePanel")}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      className={css["edge"]}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        start.current = null;
      }}
      onDoubleClick={() => set(usual)}
    />
  );
}
