import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type Ref, createRef, useMemo, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { findings } from "../../testing/axe";
import { columnsThatFit, widthsIn } from "./columns";
import { DataGrid } from "./DataGrid";
import type { Column, GridHandle, Sort } from "./types";

type Row = { id: string };

const columns: readonly Column<Row>[] = [
  { id: "id", label: "Number", width: 80, sortable: true, cell: (row) => row.id },
  { id: "name", label: "Name", width: 120, grows: true, cell: (row) => `Name ${row.id}` },
  { id: "total", label: "Total", width: 100, align: "end", sortable: true, cell: () => "$1.00" },
];

const rowAt = (index: number): Row => ({ id: String(index) });
const nothing = () => undefined;

function Grid({
  count,
  onOpen = nothing,
  onClose = nothing,
  onSort = nothing,
  handle,
}: {
  count: number;
  onOpen?: (row: Row, index: number) => void;
  onClose?: () => void;
  onSort?: (sort: Sort) => void;
  handle?: Ref<GridHandle>;
}) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const ticking = useMemo(
    () => ({
      count: ticked.size,
      has: (id: string) => ticked.has(id),
      all: ticked.size === count,
      set: (from: number, to: number, on: boolean) =>
        setTicked((old) => {
          const next = new Set(old);
          for (let at = from; at <= to; at++) {
            if (on) next.add(String(at));
            else next.delete(String(at));
          }
          return next;
        }),
      setAll: () => setTicked(new Set(Array.from({ length: count }, (_, at) => String(at)))),
      clear: () => setTicked(new Set()),
    }),
    [ticked, count],
  );
  return (
    <DataGrid
      label="Things"
      columns={columns}
      count={count}
      rowAt={rowAt}
      idOf={(row) => row.id}
      nameOf={(row) => `thing ${row.id}`}
      onRange={nothing}
      open="1"
      onOpen={onOpen}
      onClose={onClose}
      ticking={ticking}
      sort={{ column: "id", descending: true }}
      onSort={onSort}
      rowHeight={32}
      {...(handle ? { handle } : {})}
    />
  );
}

const row = (index: number) => document.querySelector<HTMLElement>(`[data-index="${index}"]`);
const isTicked = (index: number) => row(index)?.getAttribute("aria-selected") === "true";

describe("a grid of 50,000 rows", () => {
  it("has fewer than 100 of them in the document, and says how many there are", () => {
    render(<Grid count={50_000} />);
    const grid = screen.getByRole("grid", { name: "Things" });
    expect(grid).toHaveAttribute("aria-rowcount", "50001");
    const rows = within(grid).getAllByRole("row");
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.length).toBeLessThan(100);
    expect(row(0)).toHaveAttribute("aria-rowindex", "2");
  });
});

describe("the keys", () => {
  it("move one row, a page, and to both ends", async () => {
    const user = userEvent.setup();
    render(<Grid count={50_000} />);
    row(0)?.focus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(row(1)).toHaveFocus();
    await user.keyboard("{PageDown}");
    const there = Number((document.activeElement as HTMLElement).dataset["index"]);
    expect(there).toBeGreaterThan(10);
    await user.keyboard("{PageUp}");
    expect(row(1)).toHaveFocus();
    await user.keyboard("{End}");
    expect(row(49_999)).toHaveFocus();
    await user.keyboard("{Home}");
    expect(row(0)).toHaveFocus();
  });

  it("leave one stop for Tab among the rows", async () => {
    const user = userEvent.setup();
    render(<Grid count={100} />);
    row(0)?.focus();
    await user.keyboard("{ArrowDown}");
    const stops = [...document.querySelectorAll<HTMLElement>("[data-index]")].filter((one) => one.tabIndex === 0);
    expect(stops.map((one) => one.dataset["index"])).toEqual(["1"]);
  });

  it("open with Enter and close with Esc", async () => {
    const user = userEvent.setup();
    const onOpen = vi.fn<(row: Row, index: number) => void>();
    const onClose = vi.fn<() => void>();
    render(<Grid count={100} onOpen={onOpen} onClose={onClose} />);
    row(0)?.focus();
    await user.keyboard("{ArrowDown}{Enter}");
    expect(onOpen).toHaveBeenCalledWith({ id: "1" }, 1);
    await user.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("tick with Space, a stretch with Shift, all with Ctrl and A", async () => {
    const user = userEvent.setup();
    render(<Grid count={100} />);
    row(0)?.focus();
    await user.keyboard(" ");
    expect(isTicked(0)).toBe(true);
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect([0, 1, 2, 3].map(isTicked)).toEqual([true, true, true, false]);
    await user.keyboard("{Control>}a{/Control}");
    expect(isTicked(3)).toBe(true);
    expect(screen.getByRole("checkbox", { name: "Select all" })).toHaveAttribute("aria-checked", "true");
  });
});

describe("the mouse", () => {
  it("opens a row, and ticks only at its box", async () => {
    const user = userEvent.setup();
    const onOpen = vi.fn<(row: Row, index: number) => void>();
    render(<Grid count={100} onOpen={onOpen} />);
    await user.click(screen.getByText("Name 3"));
    expect(onOpen).toHaveBeenCalledWith({ id: "3" }, 3);
    await user.click(screen.getByRole("checkbox", { name: "Select thing 4" }));
    expect(onOpen).toHaveBeenCalledOnce();
    expect(isTicked(4)).toBe(true);
  });
});

function besideNotes() {
  const handle = createRef<GridHandle>();
  render(
    <>
      <Grid count={100} handle={handle} />
      <textarea aria-label="Notes" />
    </>,
  );
  return { handle, notes: screen.getByRole("textbox", { name: "Notes" }) };
}

describe("the focus", () => {
  it("goes along with a row that comes to stand elsewhere", async () => {
    const user = userEvent.setup();
    const { handle } = besideNotes();
    await user.click(screen.getByText("Name 1"));
    act(() => handle.current?.activate(3));
    expect(row(3)).toHaveFocus();
  });

  it("stays where one goes on typing, after the list came anew and the row stands where it stood", async () => {
    const user = userEvent.setup();
    const { handle, notes } = besideNotes();
    await user.click(screen.getByText("Name 1"));
    act(() => handle.current?.activate(1));
    await user.click(notes);
    expect(notes).toHaveFocus();
    await user.keyboard("joy");
    expect(notes).toHaveValue("joy");
  });

  it("stays where one goes on typing, after a row was pressed that the keys were on already", async () => {
    const user = userEvent.setup();
    const { notes } = besideNotes();
    await user.click(screen.getByText("Name 1"));
    await user.click(screen.getByText("Name 1"));
    await user.click(notes);
    expect(notes).toHaveFocus();
  });

  it("stays on a box that is ticked, after the row that the keys were on came or was pressed again", async () => {
    const user = userEvent.setup();
    const { handle } = besideNotes();
    await user.click(screen.getByText("Name 1"));
    act(() => handle.current?.activate(1));
    await user.click(screen.getByRole("checkbox", { name: "Select thing 4" }));
    expect(screen.getByRole("checkbox", { name: "Select thing 4" })).toHaveFocus();
    await user.click(screen.getByText("Name 1"));
    await user.click(screen.getByText("Name 1"));
    await user.click(screen.getByRole("checkbox", { name: "Select thing 4" }));
    expect(screen.getByRole("checkbox", { name: "Select thing 4" })).toHaveFocus();
  });

  it("stays outside while the list comes anew", async () => {
    const user = userEvent.setup();
    const { handle, notes } = besideNotes();
    await user.click(screen.getByText("Name 1"));
    await user.click(notes);
    act(() => handle.current?.activate(3));
    expect(notes).toHaveFocus();
    act(() => handle.current?.focus());
    expect(row(3)).toHaveFocus();
  });
});

describe("the head", () => {
  it("says what is sorted, and sorts", async () => {
    const user = userEvent.setup();
    const onSort = vi.fn<(sort: Sort) => void>();
    render(<Grid count={100} onSort={onSort} />);
    expect(screen.getByRole("columnheader", { name: "Number" })).toHaveAttribute("aria-sort", "descending");
    await user.click(screen.getByRole("button", { name: "Number" }));
    expect(onSort).toHaveBeenLastCalledWith({ column: "id", descending: false });
    await user.click(screen.getByRole("button", { name: "Total" }));
    expect(onSort).toHaveBeenLastCalledWith({ column: "total", descending: true });
  });

  it("drops columns in their order before any text is cut", () => {
    const many = [
      { ...columns[0]!, width: 100 },
      { ...columns[1]!, id: "b", width: 100, drop: 2 },
      { ...columns[2]!, id: "c", width: 100, drop: 1 },
    ];
    const fit = (room: number) => columnsThatFit(many, {}, room, false).map(({ id }) => id);
    expect(fit(400)).toEqual(["id", "b", "c"]);
    expect(fit(300)).toEqual(["id", "b"]);
    expect(fit(150)).toEqual(["id"]);
  });

  it("cuts names first, then words, and figures never", () => {
    const few = [
      { ...columns[0]!, id: "number", width: 70 },
      { ...columns[1]!, id: "name", width: 120, grows: true },
      { ...columns[1]!, id: "status", width: 200 },
      { ...columns[2]!, id: "total", width: 110, align: "end" as const },
    ];
    expect(widthsIn(few, {}, 600, false)).toEqual([70, 120, 200, 110]);
    expect(widthsIn(few, {}, 500, false)).toEqual([70, 104, 200, 110]);
    expect(widthsIn(few, {}, 440, false)).toEqual([70, 84, 160, 110]);
    expect(widthsIn(few, {}, 200, false)).toEqual([70, 84, 84, 110]);
    // Not laid out yet.
    expect(widthsIn(few, {}, 0, false)).toEqual([70, 120, 200, 110]);
  });
});

it("is a grid that screen readers understand", async () => {
  render(<Grid count={100} />);
  expect(await findings()).toEqual([]);
});
