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

/** The columns as a CSS grid writes them. */
export function template<R>(columns: readonly Column<R>[], widths: Widths, ticks: boolean): string {
  const tracks = columns.map((column) => {
    const width = widthOf(column, widths);
    return column.grows ? `minmax(${width}px, 1fr)` : `${width}px`;
  });
  return [ticks ? `${tickWidth}px` : "var(--grid-lead, 16px)", ...tracks].join(" ");
}
