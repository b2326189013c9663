import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { ActivityEntry, Job } from "../../ipc";
import { activityEntry, activityRow, job, plan, shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const running: Job = { ...job, size: 60, waiting: 40, underWay: 1, done: 17, toLookAt: 2, secondsLeft: 600 };

const metAnother: ActivityEntry = {
  ...activityEntry,
  row: { ...activityRow, state: "conflict", canUndo: false, canRetry: true, canDrop: true },
  found: [{ field: "status", value: { kind: "status", statusId: 5, label: "Cancelled" } }],
  job: running,
};

describe("a job on its way", () => {
  it("shows how far it has come and how much longer, and can be held and stopped", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`/store/${store.key}/activity`, {
      ...shop(),
      jobs: () => ({ jobs: [running] }),
      pause_job: () => null,
      stop_job: () => null,
    });
    const jobs = await screen.findByRole("region", { name: "On their way" });
    expect(within(jobs).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "19");
    expect(within(jobs).getByText(/19 of 60 changes · 2 need your eyes/)).toBeVisible();
    expect(within(jobs).getByText("about 10 minutes left")).toBeVisible();
    await user.click(within(jobs).getByRole("button", { name: "Pause" }));
    expect(backend.last("pause_job")).toEqual({ store: store.key, job: "j1" });
    await user.click(within(jobs).getByRole("button", { name: "Stop" }));
    expect(backend.last("stop_job")).toEqual({ store: store.key, job: "j1" });
  });
});

describe("a change that met somebody else's", () => {
  it("is decided field by field, and the choice goes through a preview", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`/store/${store.key}/activity?open=e1`, {
      ...shop(),
      activity_entry: () => metAnother,
      plan_resolve: () => plan,
    });
    const choices = await screen.findByRole("radiogroup", { name: "Status" });
    expect(within(choices).getByRole("radio", { name: /Cancelled/ })).toBeChecked();
    await user.click(within(choices).getByText("Shipped"));
    await user.click(screen.getByRole("button", { name: "Preview…" }));
    expect(backend.last("plan_resolve")).toEqual({
      store: store.key,
      entry: "e1",
      choices: [{ field: "status", choice: "ours" }],
    });
    expect(await screen.findByRole("dialog")).toBeVisible();
  });
});

describe("a change nobody can find out about", () => {
  it("is decided by the person", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`/store/${store.key}/activity?open=e1`, {
      ...shop(),
      activity_entry: () => ({
        ...metAnother,
        row: { ...metAnother.row, state: "unclear", canDecide: true },
      }),
      decide: () => null,
    });
    await user.click(await screen.findByRole("button", { name: "It was done" }));
    expect(backend.last("decide")).toEqual({ store: store.key, entry: "e1", done: true });
  });
});
