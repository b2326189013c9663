import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { t } from "../../i18n";
import { classes } from "../../lib/classes";
import { TickMark } from "../TickMark";
import { type Widths, leastWidth } from "./columns";
import css from "./DataGrid.module.css";
import type { Column, Sort, Ticking } from "./types";

/** Props of {@link GridHead}. */
export type GridHeadProps<R> = {
  /** Columns in sight. */
  columns: readonly Column<R>[];
  /** Their widths, as CSS writes them. */
  tracks: string;
  /** What the list is sorted by. */
  sort: Sort | undefined;
  /** Sorts it otherwise. */
  onSort: ((sort: Sort) => void) | undefined;
  /** Widths the person has chosen. */
  widths: Widths;
  /** Told about another choice. */
  onWidths: ((widths: Widths) => void) | undefined;
  /** Tick boxes, where rows have them. */
  ticking: Ticking | undefined;
  /** How many rows there are. */
  count: number;
}

/** A grid's head: tick all, sort, and widths by dragging or with Alt and the arrow keys. One stop for Tab. */
export function GridHead<R>({ columns, tracks, sort, onSort, widths, onWidths, ticking, count }: GridHeadProps<R>) {
  const head = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const stops = columns.length + (ticking ? 1 : 0);
  const stop = Math.min(at, stops - 1);
  const shift = ticking ? 1 : 0;

  const go = (next: number) => {
    const bound = Math.max(0, Math.min(stops - 1, next));
    setAt(bound);
    head.current?.querySelectorAll<HTMLElement>("[data-stop]")[bound]?.focus();
  };

  const resize = (column: Column<R>, width: number) =>
    onWidths?.({ ...widths, [column.id]: Math.max(leastWidth, Math.round(width)) });

  const widthNow = (index: number) =>
    head.current?.querySelectorAll<HTMLElement>('[role="columnheader"]')[index + shift]?.getBoundingClientRect().width ?? 0;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const column = columns[stop - shift];
    if (event.altKey && column) resize(column, widthNow(stop - shift) + step * 8);
    else go(stop + step);
  };

  const onDrag = (event: PointerEvent<HTMLElement>, column: Column<R>, index: number) => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const startX = event.clientX;
    const startWidth = widthNow(index);
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => resize(column, startWidth + moved.clientX - startX);
    const end = () => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("lostpointercapture", end);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", end);
  };

  return (
    <div role="rowgroup" className={css["head"]}>
      <div
        ref={head}
        role="row"
        tabIndex={-1}
        aria-rowindex={1}
        className={css["headRow"]}
        style={{ gridTemplateColumns: tracks }}
        onKeyDown={onKeyDown}
      >
        {ticking ? (
          <div role="columnheader" className={css["tickCell"]}>
            <button
              type="button"
              data-stop
              role="checkbox"
              tabIndex={stop === 0 ? 0 : -1}
              aria-label={t("grid.selectAll")}
              aria-checked={ticking.count === 0 ? false : ticking.all ? true : "mixed"}
              disabled={count === 0}
              className={css["tick"]}
              onFocus={() => setAt(0)}
              onClick={() => (ticking.count > 0 ? ticking.clear() : ticking.setAll())}
            >
              <TickMark state={ticking.count === 0 ? "off" : ticking.all ? "on" : "some"} />
            </button>
          </div>
        ) : (
          <span role="presentation" />
        )}
        {columns.map((column, index) => {
          const sorted = sort?.column === column.id ? sort : null;
          const Arrow = sorted?.descending ? ArrowDown : ArrowUp;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={sorted ? (sorted.descending ? "descending" : "ascending") : undefined}
              className={classes(css["headCell"], column.align === "end" && css["end"])}
            >
              <button
                type="button"
                data-stop
                tabIndex={stop === index + shift ? 0 : -1}
                className={classes(css["headButton"], sorted && css["sorted"], column.sortable && css["sortable"])}
                aria-keyshortcuts={onWidths ? "Alt+ArrowLeft Alt+ArrowRight" : undefined}
                onFocus={() => setAt(index + shift)}
                onClick={() => {
                  if (!column.sortable) return;
                  onSort?.({ column: column.id, descending: sorted ? !sorted.descending : column.align === "end" });
                }}
              >
                {column.label}
                {sorted ? <Arrow className={css["arrow"]} aria-hidden /> : null}
              </button>
              {onWidths ? (
                <span
                  className={css["handle"]}
                  aria-hidden
                  onPointerDown={(event) => onDrag(event, column, index)}
                />
              ) : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}
