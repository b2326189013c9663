import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { t } from "../../i18n";
import { useRowHeight } from "../../lib/density";
import { withCommand } from "../../lib/platform";
import { type Widths, columnsThatFit, template } from "./columns";
import css from "./DataGrid.module.css";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import type { Column, GridHandle, Sort, Ticking } from "./types";

const headHeight = 32;

/** Props of {@link DataGrid}. */
export type DataGridProps<R> = {
  /** Names the list. */
  label: string;
  /** Columns, in order. */
  columns: readonly Column<R>[];
  /** How many rows there are in all. */
  count: number;
  /** The row at a place; `undefined` if it was never loaded, `null` if it is gone. */
  rowAt: (index: number) => R | null | undefined;
  /** A row's id. */
  idOf: (row: R) => string;
  /** A row's name, for its tick box. */
  nameOf: (row: R) => string;
  /** How a row differs from others: over (`quiet`) or refused (`bad`). */
  lookOf?: (row: R) => "quiet" | "bad" | null;
  /** Told which places are in sight, the last one not included. */
  onRange: (from: number, to: number) => void;
  /** The row that is open in the panel. */
  open: string | null;
  /** Enter or a click on a row. */
  onOpen: (row: R, index: number) => void;
  /** Esc; left to whatever is around the grid where this is missing. */
  onClose?: () => void;
  /** Tick boxes, where rows have them. */
  ticking?: Ticking;
  /** What it is sorted by. */
  sort?: Sort;
  /** A click on a head. */
  onSort?: (sort: Sort) => void;
  /** Widths the person has chosen. */
  widths?: Widths;
  /** Told when the person drags a width. */
  onWidths?: (widths: Widths) => void;
  /** Row height in pixels; as tall as the person chose if left out. */
  rowHeight?: number;
  /** Shown in the rows' place when there are none. */
  empty?: ReactNode;
  /** What the screen can ask of it. */
  handle?: Ref<GridHandle>;
};

/** The place of the row that has the focus, as its element names it. */
function focusedPlace(grid: HTMLElement | null): string | undefined {
  const at = document.activeElement;
  return at instanceof HTMLElement && grid?.contains(at) ? at.dataset["index"] : undefined;
}

/** A list of any length: only the rows in sight are in the document, all of them within reach of the keys. */
export function DataGrid<R>(props: DataGridProps<R>) {
  const { label, columns, count, rowAt, idOf, nameOf, lookOf, onRange, open, onOpen, onClose, ticking } = props;
  const { sort, onSort, widths = {}, onWidths, empty, handle } = props;
  const chosenHeight = useRowHeight();
  const rowHeight = props.rowHeight ?? chosenHeight;
  const scroller = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const [active, setActive] = useState(0);
  const [focused, setFocused] = useState(false);
  /** The row the keys act on gets the focus once it is drawn. Not if it has it: then nothing may be drawn for long. */
  const moveFocus = useRef(false);
  /** Where a stretch ticked with Shift begins. */
  const stretchFrom = useRef<number | null>(null);

  const last = Math.max(0, count - 1);
  const current = Math.min(active, last);

  const rangeExtractor = useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const places = defaultRangeExtractor(range);
      // The row with the keyboard stays in the document, or scrolling would take the focus away.
      if (!focused || count === 0 || places.includes(current)) return places;
      return [...places, current].toSorted((one, other) => one - other);
    },
    [current, focused, count],
  );

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor,
  });

  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setRoom(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const items = virtual.getVirtualItems();
  const inSight = virtual.range;
  const from = inSight?.startIndex ?? 0;
  const to = Math.min(count, (inSight?.endIndex ?? -1) + 1);
  useEffect(() => onRange(from, to), [onRange, from, to]);

  useImperativeHandle(
    handle,
    () => ({
      anchor: () => {
        const top = scroller.current?.scrollTop ?? 0;
        const index = Math.min(last, Math.floor(top / rowHeight));
        return { index, offset: top - index * rowHeight, atTop: top < 1 };
      },
      restore: (index, offset) => {
        if (scroller.current) scroller.current.scrollTop = index * rowHeight + offset;
      },
      toTop: () => {
        if (scroller.current) scroller.current.scrollTop = 0;
      },
      reveal: (index) => virtual.scrollToIndex(index, { align: "auto" }),
      activate: (index) => {
        // The focus goes with the row, not with its place.
        const place = focusedPlace(scroller.current);
        if (place !== undefined) moveFocus.current = place !== String(index);
        setActive(index);
      },
      active: () => current,
      focus: () => {
        moveFocus.current = true;
        setFocused(true);
      },
    }),
    [current, last, rowHeight, virtual],
  );

  // After the row that the keys moved to has come into the document, it gets the focus.
  useLayoutEffect(() => {
    if (!moveFocus.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!row) return;
    moveFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const shown = useMemo(
    () => (room > 0 ? columnsThatFit(columns, widths, room, Boolean(ticking)) : columns),
    [columns, widths, room, ticking],
  );
  const tracks = template(shown, widths, room, Boolean(ticking));

  const goTo = useCallback(
    (index: number) => {
      const next = Math.max(0, Math.min(last, index));
      moveFocus.current = focusedPlace(scroller.current) !== String(next);
      setActive(next);
      virtual.scrollToIndex(next, { align: "auto" });
    },
    [last, virtual],
  );

  const tick = useCallback(
    (index: number, stretch: boolean) => {
      const row = rowAt(index);
      if (!ticking || !row) return;
      const ticked = !ticking.has(idOf(row));
      const start = stretch && stretchFrom.current !== null ? stretchFrom.current : index;
      ticking.set(Math.min(start, index), Math.max(start, index), stretch ? true : ticked);
      stretchFrom.current = index;
    },
    [rowAt, ticking, idOf],
  );

  const onRowPress = useCallback(
    (index: number, shift: boolean) => {
      moveFocus.current = focusedPlace(scroller.current) !== String(index);
      setActive(index);
      if (shift && ticking) {
        tick(index, true);
        return;
      }
      const row = rowAt(index);
      if (row) onOpen(row, index);
    },
    [onOpen, rowAt, tick, ticking],
  );

  const onTick = useCallback(
    (index: number, shift: boolean) => {
      setActive(index);
      tick(index, shift);
    },
    [tick],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset["index"] === undefined) return;
    const page = Math.max(1, to - from - 1);
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (withCommand(event) && event.key.toLowerCase() === "a" && ticking) {
      done();
      ticking.setAll();
      return;
    }
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        done();
        const next = Math.max(0, Math.min(last, current + (event.key === "ArrowDown" ? 1 : -1)));
        if (event.shiftKey && ticking) {
          stretchFrom.current ??= current;
          ticking.set(Math.min(current, next), Math.max(current, next), true);
        } else {
          stretchFrom.current = null;
        }
        goTo(next);
        return;
      }
      case "PageDown":
        done();
        goTo(current + page);
        return;
      case "PageUp":
        done();
        goTo(current - page);
        return;
      case "Home":
        done();
        goTo(0);
        return;
      case "End":
        done();
        goTo(last);
        return;
      case " ":
        done();
        tick(current, event.shiftKey);
        return;
      case "Enter": {
        done();
        const row = rowAt(current);
        if (row) onOpen(row, current);
        return;
      }
      case "Escape":
        if (!onClose) return;
        done();
        onClose();
        return;
    }
  };

  return (
    <div
      ref={scroller}
      className={css["grid"]}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={shown.length + (ticking ? 1 : 0)}
      aria-multiselectable={ticking ? true : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => setFocused(true)}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        // Who has gone elsewhere is not fetched back.
        moveFocus.current = false;
        setFocused(false);
      }}
    >
      <GridHead
        columns={shown}
        tracks={tracks}
        sort={sort}
        onSort={onSort}
        widths={widths}
        onWidths={onWidths}
        ticking={ticking}
        count={count}
      />
      {count === 0 && empty ? (
        <div role="rowgroup" className={css["empty"]}>
          <div role="row" aria-rowindex={2}>
            <div role="gridcell" aria-colspan={shown.length}>
              {empty}
            </div>
          </div>
        </div>
      ) : (
        <div role="rowgroup" className={css["rows"]} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rowAt(item.index);
            const id = row ? idOf(row) : null;
            return (
              <GridRow
                key={item.index}
                index={item.index}
                row={row}
                name={row ? nameOf(row) : t("grid.loadingRow")}
                columns={shown}
                tracks={tracks}
                top={item.start - headHeight}
                height={rowHeight}
                ticks={Boolean(ticking)}
                ticked={id !== null && Boolean(ticking?.has(id))}
                open={id !== null && id === open}
                active={item.index === current}
                look={row && lookOf ? lookOf(row) : null}
                onPress={onRowPress}
                onTick={onTick}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}
