import type { ReactNode } from "react";

/** One column of a {@link DataGrid}. */
export type Column<R> = {
  /** Tells it from the others; also its sort key and the name under which its width is kept. */
  id: string;
  /** Stands in the head. */
  label: string;
  /** Width in pixels, until the person drags it. */
  width: number;
  /** Takes the room that is left; `width` is then the least. */
  grows?: boolean;
  /** Figures go to the right. */
  align?: "start" | "end";
  /** A click on the head sorts by it. */
  sortable?: boolean;
  /** Left out first where there is too little room: the smallest number goes first. Without one it stays. */
  drop?: number;
  /** What stands in a row. */
  cell: (row: R) => ReactNode;
};

/** What a list is sorted by. */
export type Sort = {
  /** The column. */
  column: string;
  /** Largest first. */
  descending: boolean;
};

/** Which rows are ticked, and how to tick more. */
export type Ticking = {
  /** How many are ticked. */
  count: number;
  /** Whether this one is. */
  has: (id: string) => boolean;
  /** All are. */
  all: boolean;
  /** Ticks or unticks the rows from one place to another, both included. */
  set: (from: number, to: number, ticked: boolean) => void;
  /** Ticks all there are. */
  setAll: () => void;
  /** Unticks all. */
  clear: () => void;
};

/** Where a list stands: the first row in sight and how far it is scrolled past its upper edge. */
export type Anchor = {
  /** Place of the row. */
  index: number;
  /** Pixels of it that are out of sight. */
  offset: number;
  /** The list is scrolled all the way up. */
  atTop: boolean;
};

/** What a screen can ask of its grid. */
export type GridHandle = {
  /** Where the list stands. */
  anchor: () => Anchor;
  /** Puts a row at the upper edge. */
  restore: (index: number, offset: number) => void;
  /** Goes to the top. */
  toTop: () => void;
  /** Brings a row into sight, if it is not. */
  reveal: (index: number) => void;
  /** Makes a row the one the keys act on. */
  activate: (index: number) => void;
  /** The row the keys act on. */
  active: () => number;
  /** Gives the rows the keyboard. */
  focus: () => void;
};
