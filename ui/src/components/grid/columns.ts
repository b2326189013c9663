import type { Column } from "./types";

/** Width of the tick box's column. */
export const tickWidth = 46;
/** Nothing can be made narrower than this. */
export const leastWidth = 48;

/** Widths the person has chosen, by column. */
export type Widths = Readonly<Record<string, number>>;

/** A column's width in pixels. */
export function widthOf<R>(column: Column<R>, widths: Widths): number {
  return Math.max(leastWidth, widths[column.id] ?? column.width);
}

/** The columns there is room for: droppable ones go, smallest number first, before any text is cut. */
export function columnsThatFit<R>(
  columns: readonly Column<R>[],
  widths: Widths,
  room: number,
  ticks: boolean,
): readonly Column<R>[] {
  let shown = columns;
  const need = () => shown.reduce((sum, column) => sum + widthOf(column, widths), ticks ? tickWidth : 16);
  const droppable = columns
    .filter((column) => column.drop !== undefined)
    .toSorted((one, other) => (one.drop ?? 0) - (other.drop ?? 0));
  for (const column of droppable) {
    if (need() <= room) break;
    shown = shown.filter((one) => one !== column);
  }
  return shown;
}

/** What the beginning of a name or a status needs to be told from others. */
const readableWidth = 84;

/**
 * The columns' widths where even those that stay have too little room: names give way first, then other words.
 * Figures and what a row begins with are never cut.
 */
export function widthsIn<R>(columns: readonly Column<R>[], widths: Widths, room: number, ticks: boolean): number[] {
  const wide = columns.map((column) => widthOf(column, widths));
  let lack = room > 0 ? wide.reduce((sum, width) => sum + width, ticks ? tickWidth : 16) - room : 0;
  for (const grows of [true, false]) {
    for (const [at, column] of columns.entries()) {
      if (lack <= 0) return wide;
      const width = wide[at] ?? 0;
      if (Boolean(column.grows) !== grows || column.align === "end" || (at === 0 && !grows)) continue;
      const given = Math.min(lack, Math.max(0, width - readableWidth));
      wide[at] = width - given;
      lack -= given;
    }
  }
  return wide;
}

/** The columns as a CSS grid writes them. */
export function template<R>(columns: readonly Column<R>[], widths: Widths, room: number, ticks: boolean): string {
  const wide = widthsIn(columns, widths, room, ticks);
  const tracks = columns.map((column, at) => (column.grows ? `minmax(${wide[at]}px, 1fr)` : `${wide[at]}px`));
  return [ticks ? `${tickWidth}px` : "var(--grid-lead, 16px)", ...tracks].join(" ");
}
