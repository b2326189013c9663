import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { ActivityRow } from "../../ipc";
import { activityRow, plan, shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const done = (entry: string, order: string): ActivityRow => ({
  ...activityRow,
  entry,
  subject: { kind: "order", order },
});
const refused = (entry: string, order: string): ActivityRow => ({
  ...done(entry, order),
  state: "refused",
  canUndo: false,
  canRetry: true,
  canDrop: true,
});

/** Activity with these changes; every plan is the same. */
async function changes(...rows: ActivityRow[]) {
  const { backend } = openWindow(`/store/${store.key}/activity`, {
    ...shop(),
    open_activity: () => ({ view: "a1", count: rows.length, all: rows.length, toLookAt: 0, onTheWay: 0, undone: 0 }),
    activity_rows: ({ from, to }: { from: number; to: number }) => ({ from, rows: rows.slice(from, to) }),
    plan_retry: () => plan,
  });
  await screen.findByText(/order 48211/);
  return { backend, user: userEvent.setup() };
}

const bar = () => screen.findByRole("region", { name: "Ticked changes" });

describe("ticked changes", () => {
  it("are put back together, through a preview and a word to go", async () => {
    const { backend, user } = await changes(done("e1", "48211"), done("e2", "48212"), done("e3", "48213"));
    const boxes = screen.getAllByRole("checkbox", { name: /order/ });
    await user.click(boxes[0] as HTMLElement);
    await user.click(boxes[2] as HTMLElement);
    expect(within(await bar()).getByText("2 of 3 changes ticked")).toBeVisible();
    await user.click(within(await bar()).getByRole("button", { name: "Undo them…" }));
    expect(backend.last("plan_undo")).toEqual({ store: store.key, entries: ["e1", "e3"] });
    expect(backend.last("apply")).toBeUndefined();
    const preview = await screen.findByRole("dialog");
    await user.click(within(preview).getByRole("button", { name: /^Put back/ }));
    expect(backend.last("apply")).toMatchObject({ plan: "p2", confirmed: true });
    expect(screen.queryByRole("region", { name: "Ticked changes" })).toBeNull();
  });

  it("are ticked and put back by keys alone", async () => {
    const { backend, user } = await changes(done("e1", "48211"), done("e2", "48212"), done("e3", "48213"));
    screen.getAllByRole("row")[1]?.focus();
    await user.keyboard(" {Shift>}{ArrowDown}{/Shift}");
    expect(within(await bar()).getByText("2 of 3 changes ticked")).toBeVisible();
    await user.keyboard("u");
    expect(backend.last("plan_undo")).toEqual({ store: store.key, entries: ["e1", "e2"] });
    expect(await screen.findByRole("dialog")).toBeVisible();
  });

  it("are tried again together where they failed, and say so where none did", async () => {
    const { backend, user } = await changes(done("e1", "48211"), refused("e2", "48212"), refused("e3", "48213"));
    const boxes = screen.getAllByRole("checkbox", { name: /order/ });
    await user.click(boxes[0] as HTMLElement);
    expect(within(await bar()).getByRole("button", { name: "Try them again…" })).toHaveAccessibleDescription(
      "None of them failed.",
    );
    await user.click(boxes[0] as HTMLElement);
    await user.click(boxes[1] as HTMLElement);
    await user.click(boxes[2] as HTMLElement);
    await user.click(within(await bar()).getByRole("button", { name: "Try them again…" }));
    expect(backend.last("plan_retry")).toEqual({ store: store.key, entries: ["e2", "e3"] });
    expect(await screen.findByRole("dialog")).toBeVisible();
  });
});
