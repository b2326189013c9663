import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { activityEntry, job, plan, shop, store } from "../testing/shop";
import { openWindow } from "../testing/window";

const strip = { name: "Last change" };

/** The window on the list of changes, as it is when nothing was changed for some time. */
async function quiet() {
  const opened = openWindow(`/store/${store.key}/activity`, shop());
  await screen.findByRole("button", { name: "Export" });
  const ends = (job: string, done: number, toLookAt: number, key = store.key) =>
    act(() => opened.backend.tell({ kind: "jobEnded", store: key, job, done, toLookAt }));
  return { ...opened, ends };
}

describe("changes that waited for the store", () => {
  it("are said to have landed, long after the strip about them has gone", async () => {
    const user = userEvent.setup();
    const { backend, ends } = await quiet();
    expect(screen.queryByRole("status", strip)).toBeNull();
    ends("j9", 2, 1);
    const told = await screen.findByRole("status", strip);
    expect(told).toHaveTextContent("2 changes that waited are in the store now");
    expect(told).toHaveTextContent("1 needs your eyes");
    await user.click(within(told).getByRole("button", { name: "Show in Activity" }));
    await waitFor(() => expect(backend.last("open_activity")).toMatchObject({ store: store.key, job: "j9" }));
  });

  it("are counted only as far as they are in the store", async () => {
    const { ends } = await quiet();
    ends("j9", 0, 3);
    const told = await screen.findByRole("status", strip);
    expect(told).toHaveTextContent("3 need your eyes");
    expect(told).not.toHaveTextContent("in the store now");
  });

  it("say nothing where all of them were given up, or where they are another store's", async () => {
    const { ends } = await quiet();
    ends("j8", 0, 0);
    ends("j9", 2, 0, "another");
    expect(screen.queryByRole("status", strip)).toBeNull();
    // The next one that has something to say is heard.
    ends("j7", 1, 0);
    expect(await screen.findByRole("status", strip)).toHaveTextContent("1 change that waited is in the store now");
  });
});

describe("several changes that waited for the store", () => {
  it("are added up, and shown in Activity without one of them hiding the others", async () => {
    const user = userEvent.setup();
    const { backend, ends } = await quiet();
    ends("j7", 2, 0);
    ends("j8", 1, 1);
    ends("j9", 3, 0);
    // What became of one of them later counts once.
    ends("j8", 2, 0);
    const told = await screen.findByRole("status", strip);
    expect(told).toHaveTextContent("7 changes that waited are in the store now");
    expect(told).not.toHaveTextContent("your eyes");
    await user.click(within(told).getByRole("button", { name: "Show in Activity" }));
    await waitFor(() => expect(backend.last("open_activity")).toMatchObject({ store: store.key, job: null }));
  });

  it("wait behind the strip about another change, and are told once that has gone", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`/store/${store.key}/activity?open=e1`, {
      ...shop(),
      activity_entry: () => ({ ...activityEntry, job: { ...job, size: 2, done: 2, canUndo: true } }),
      plan_undo_job: () => ({ ...plan, mustConfirm: false }),
      apply: () => ({ job: "j5", entries: ["e5", "e6"] }),
      job: () => ({ ...job, job: "j5", size: 2, done: 0, waiting: 2 }),
    });
    const ends = (of: string, done: number) =>
      act(() => backend.tell({ kind: "jobEnded", store: store.key, job: of, done, toLookAt: 0 }));
    await user.click(await screen.findByRole("button", { name: "Undo all of it…" }));
    const told = await screen.findByRole("status", strip);
    expect(await within(told).findByText("0 of 2 changes")).toBeVisible();
    ends("j7", 1);
    ends("j8", 1);
    // Its own end is not one more landing.
    ends("j5", 2);
    expect(screen.getByRole("status", strip)).not.toHaveTextContent("that waited");
    await user.click(within(told).getByRole("button", { name: "Close" }));
    expect(await screen.findByRole("status", strip)).toHaveTextContent("2 changes that waited are in the store now");
    await user.click(within(screen.getByRole("status", strip)).getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("status", strip)).toBeNull();
  });
});

const undoAll = () => screen.findByRole("button", { name: "Undo all of it…" });

describe("a change that ends before it is said to be on its way", () => {
  it("is told once, by its own strip", async () => {
    const user = userEvent.setup();
    const later: { answer?: (applied: { job: string; entries: string[] }) => void } = {};
    const answers = [
      () => ({ job: "j5", entries: ["e5", "e6"] }),
      () => new Promise<{ job: string; entries: string[] }>((resolve) => (later.answer = resolve)),
    ];
    const { backend } = openWindow(`/store/${store.key}/activity?open=e1`, {
      ...shop(),
      activity_entry: () => ({ ...activityEntry, job: { ...job, size: 2, done: 2, canUndo: true } }),
      plan_undo_job: () => ({ ...plan, mustConfirm: false }),
      apply: () => answers.shift()!(),
      job: () => ({ ...job, job: "j6", size: 2, done: 0, waiting: 2 }),
    });
    await user.click(await undoAll());
    await screen.findByRole("status", strip);
    await user.click(await undoAll());
    await waitFor(() => expect(answers).toHaveLength(0));
    act(() => backend.tell({ kind: "jobEnded", store: store.key, job: "j6", done: 2, toLookAt: 0 }));
    await act(async () => later.answer?.({ job: "j6", entries: ["e7", "e8"] }));
    // It is there only while nothing is being applied.
    await undoAll();
    await user.click(within(screen.getByRole("status", strip)).getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("status", strip)).toBeNull();
  });
});

describe("a job of which only a part was taken", () => {
  it("can be put back as a whole, though nothing of it counts as done", async () => {
    const user = userEvent.setup();
    const partly = { ...job, size: 2, done: 0, toLookAt: 2, canUndo: true };
    const { backend } = openWindow(`/store/${store.key}/activity?open=e1`, {
      ...shop(),
      activity_entry: () => ({ ...activityEntry, job: partly }),
      plan_undo_job: () => plan,
    });
    await user.click(await screen.findByRole("button", { name: "Undo all of it…" }));
    expect(backend.last("plan_undo_job")).toEqual({ store: store.key, job: "j1" });
  });
});
