import { type MouseEvent, type ReactElement, memo } from "react";
import { t } from "../../i18n";
import { classes } from "../../lib/classes";
import { TickMark } from "../TickMark";
import css from "./DataGrid.module.css";
import type { Column } from "./types";

/** Props of {@link GridRow}. */
export type GridRowProps<R> = {
  /** Its place. */
  index: number;
  /** What it shows; `undefined` if never loaded, `null` if gone. */
  row: R | null | undefined;
  /** Its name. */
  name: string;
  /** Columns in sight. */
  columns: readonly Column<R>[];
  /** Their widths, as CSS writes them. */
  tracks: string;
  /** Pixels from the top of the list. */
  top: number;
  /** Pixels. */
  height: number;
  /** Has a tick box. */
  ticks: boolean;
  /** Is ticked. */
  ticked: boolean;
  /** Is open in the panel. */
  open: boolean;
  /** The keys act on it. */
  active: boolean;
  /** How it differs. */
  look: "quiet" | "bad" | null;
  /** A click on it. */
  onPress: (index: number, shift: boolean) => void;
  /** A click on its tick box. */
  onTick: (index: number, shift: boolean) => void;
};

function Row<R>(props: GridRowProps<R>) {
  const { index, row, name, columns, tracks, top, height, ticks, ticked, open, active, look, onPress, onTick } = props;
  const press = (event: MouseEvent<HTMLElement>) => {
    // A control inside the row does its own thing.
    if (event.target instanceof Element && event.target.closest("button, a")) return;
    onPress(index, event.shiftKey);
  };
  return (
    // The grid around it hears the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      data-index={index}
      tabIndex={active ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={ticks ? ticked : undefined}
      aria-current={open ? true : undefined}
      className={classes(css["row"], ticked && css["ticked"], open && css["open"], look && css[look])}
      style={{ gridTemplateColumns: tracks, height, transform: `translateY(${top}px)` }}
      onClick={press}
    >
      {ticks ? (
        <div role="gridcell" className={css["tickCell"]}>
          {row ? (
            <button
              type="button"
              role="checkbox"
              tabIndex={-1}
              aria-checked={ticked}
              aria-label={t("grid.selectRow", { name })}
              className={css["tick"]}
              onClick={(event) => onTick(index, event.shiftKey)}
            >
              <TickMark state={ticked ? "on" : "off"} />
            </button>
          ) : null}
        </div>
      ) : (
        <span role="presentation" />
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + (ticks ? 2 : 1)}
          className={classes(css["cell"], column.align === "end" && css["end"])}
        >
          {row ? (
            column.cell(row)
          ) : row === null ? (
            at === 0 ? (
              <span className={css["gone"]}>{t("grid.gone")}</span>
            ) : null
          ) : (
            <span className={css["coming"]} aria-hidden />
          )}
        </div>
      ))}
    </div>
  );
}

/** One row; drawn again only if something about it has changed. */
export const GridRow = memo(Row) as <R>(props: GridRowProps<R>) => ReactElement;
