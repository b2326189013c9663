import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { ActivityEntry, Job, Said } from "../../ipc";
import { activityEntry, activityRow, appState, job, plan, shop, store } from "../../testing/shop";
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

/** The window of a store whose token lacks a scope, or no more, with a change that was refused for it. */
function refusedForAScope(entry: Partial<ActivityEntry["row"]> = {}, about: Partial<typeof store> = {}) {
  const said: Said = { reason: { kind: "missingScope", needs: { scope: "orders", level: "modify" } }, words: "" };
  const held: Job = { ...running, isPaused: true, pausedBecause: said };
  const lacks: (typeof store)["missingScopes"] = [{ scope: "orders", level: "modify", readable: true }];
  return openWindow(`/store/${store.key}/activity?open=e1`, {
    ...shop(),
    app_state: () => ({ ...appState, stores: [{ ...store, missingScopes: lacks, ...about }] }),
    activity_entry: () => ({
      ...activityEntry,
      row: { ...activityRow, state: "refused", canUndo: false, canRetry: true, canDrop: true, said, ...entry },
      job: held,
    }),
    jobs: () => ({ jobs: [held] }),
  });
}

const named = (buttons: HTMLElement[]) => buttons.map((button) => button.textContent);

describe("a change that was refused for a scope", () => {
  it("is mended by another token, which comes before trying it again with the same", async () => {
    const user = userEvent.setup();
    const { router } = refusedForAScope();
    const panel = within(await screen.findByRole("complementary", { name: "Change of order 48219" }));
    await user.click(await panel.findByRole("button", { name: "Replace the token…" }));
    expect(router.state.location.href).toBe(`/connect?store=${store.key}`);
  });

  it("says so, and offers it first in the panel and beside the job", async () => {
    refusedForAScope();
    const panel = within(await screen.findByRole("complementary", { name: "Change of order 48219" }));
    expect(await panel.findByText(/Scopes can’t be added to an account/)).toBeVisible();
    const acts = named(panel.getAllByRole("button"));
    expect(acts.indexOf("Replace the token…")).toBe(acts.indexOf("Try again…") - 1);
    const jobs = within(await screen.findByRole("region", { name: "On their way" }));
    expect(named(jobs.getAllByRole("button"))).toEqual(["Replace the token…", "Go on", "Stop"]);
  });

  it("of which the rest waits says so beside the rest", async () => {
    refusedForAScope({ state: "waiting", canRetry: false, said: { reason: null, words: "" } });
    const panel = within(await screen.findByRole("complementary", { name: "Change of order 48219" }));
    expect(await panel.findByRole("button", { name: "Replace the token…" })).toBeVisible();
    expect(panel.getByText(/Scopes can’t be added to an account/)).toBeVisible();
  });

  it.each([
    ["has the scope by now", { missingScopes: [] }],
    ["is the sample store, which has no other", { isSample: true }],
    ["can't be reached from here", { mayConnect: false }],
  ])("is only tried again where the store %s", async (_why, about) => {
    refusedForAScope({}, about);
    expect(await screen.findByRole("button", { name: "Try again…" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Replace the token…" })).toBeNull();
  });
});

/** The commands that put back all that was changed together. */
async function undoingAll(user: ReturnType<typeof userEvent.setup>) {
  await user.keyboard("{Control>}k{/Control}");
  return screen.findAllByRole("option", { name: /Undo all of it/ });
}

describe("all that was changed together", () => {
  const over: Job = { ...job, size: 2, done: 2 };

  it("is put back from the command list, long after its strip has gone", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`/store/${store.key}/activity?open=e1`, {
      ...shop(),
      activity_entry: () => ({ ...activityEntry, job: over }),
      plan_undo_job: () => plan,
    });
    await screen.findByRole("button", { name: "Undo all of it…" });
    const [only, ...others] = await undoingAll(user);
    expect(others).toEqual([]);
    await user.click(only!);
    expect(backend.last("plan_undo_job")).toEqual({ store: store.key, job: "j1" });
  });

  it("stands there once, also where the strip tells of the same", async () => {
    const user = userEvent.setup();
    openWindow(`/store/${store.key}/activity?open=e1`, {
      ...shop(),
      activity_entry: () => ({ ...activityEntry, job: over }),
      job: () => over,
      plan_undo: () => ({ ...plan, mustConfirm: false }),
      apply: () => ({ job: "j1", entries: ["e1", "e2"] }),
    });
    await user.click(await screen.findByRole("button", { name: "Undo…" }));
    await within(await screen.findByRole("status", { name: "Last change" })).findByRole("button", { name: "Show in Activity" });
    expect(await undoingAll(user)).toHaveLength(1);
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

  it("says so where keeping the store's came to nothing", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`/store/${store.key}/activity?open=e1`, {
      ...shop(),
      activity_entry: () => metAnother,
      drop_change: () => {
        throw { code: "diskFull" };
      },
    });
    await user.click(await screen.findByRole("button", { name: "Keep the store’s" }));
    const panel = within(screen.getByRole("complementary", { name: "Change of order 48219" }));
    expect(await panel.findByText("The disk is full")).toBeVisible();
    expect(backend.last("drop_change")).toEqual({ store: store.key, entry: "e1" });
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
