import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { type ActivityRow, makeClient } from "../ipc";
import { fakeBackend } from "../testing/fakeBackend";
import { activityEntry, activityRow, appState, job, plan, store } from "../testing/shop";
import { ChangeStrip, type ChangeStripProps } from "./ChangeStrip";

/** The strip after a change with these entries was confirmed. */
const strip = (entries: string[], does: Partial<ChangeStripProps> = {}) => (
  <ChangeStrip
    store={store.key}
    change={{ kind: "applied", plan, job: "j1", entries }}
    onUndo={() => undefined}
    onUndoJob={() => undefined}
    onReplaceToken={() => undefined}
    onShow={() => undefined}
    onClose={() => undefined}
    {...does}
  />
);

let client = makeClient();
beforeEach(() => {
  client = makeClient();
});
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);

it("names the field that the store refused as the window does", async () => {
  const refused: ActivityRow = {
    ...activityRow,
    state: "refused",
    canUndo: false,
    said: {
      reason: { kind: "invalid", fields: [{ field: "staffNotes", name: "staff_notes", words: "is too long" }] },
      words: "staff_notes: is too long",
    },
  };
  fakeBackend({ activity_entry: () => ({ ...activityEntry, row: refused }) });
  render(strip([refused.entry]), { wrapper });
  const said = screen.getByRole("status");
  await waitFor(() => expect(said).toHaveTextContent("Staff notes: is too long"));
  expect(said).not.toHaveTextContent("staff_notes");
});

it("says of what was put back since nothing of what was said of it before", async () => {
  const undone: ActivityRow = {
    ...activityRow,
    state: "undone",
    canUndo: false,
    said: { reason: { kind: "onlyPart", fields: [] }, words: "" },
  };
  fakeBackend({ activity_entry: () => ({ ...activityEntry, row: undone }) });
  render(strip([undone.entry]), { wrapper });
  const said = screen.getByRole("status");
  await waitFor(() => expect(said).toHaveTextContent("Undone"));
  expect(said).not.toHaveTextContent("is in the store");
});

it("offers to put back a job of which the store took only parts", async () => {
  fakeBackend({ job: () => ({ ...job, size: 2, done: 0, toLookAt: 2, canUndo: true }) });
  render(strip(["e1", "e2"]), { wrapper });
  expect(await screen.findByRole("button", { name: "Undo…" })).toBeVisible();
});

/** How often it asks to go within twelve seconds of saying these words, with a job of that kind. */
const timesGone = async (how: Partial<typeof job>, words: string) => {
  fakeBackend({ job: () => ({ ...job, size: 2, waiting: 0, underWay: 0, done: 2, toLookAt: 0, ...how }) });
  const onClose = vi.fn<() => void>();
  client = makeClient();
  const { unmount } = render(strip(["e1", "e2"], { onClose }), { wrapper });
  await screen.findByText(words);
  act(() => void vi.advanceTimersByTime(12_000));
  unmount();
  return onClose.mock.calls.length;
};

it("goes by itself once a job is over, and stays for as long as it isn't or something needs a look", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    expect(await timesGone({}, "2 changes are in the store")).toBe(1);
    expect(await timesGone({ done: 1, waiting: 1, secondsLeft: null }, "1 of 2 changes")).toBe(0);
    expect(await timesGone({ done: 1, toLookAt: 1 }, "1 change is in the store · 1 needs your eyes")).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it("offers another token where the store refused it for a scope, or holds a job for one", async () => {
  const said = { reason: { kind: "missingScope", needs: { scope: "orders", level: "modify" } }, words: "" } as const;
  const lacks = { ...store, missingScopes: [{ scope: "orders", level: "modify", readable: true } as const] };
  fakeBackend({
    app_state: () => ({ ...appState, stores: [lacks] }),
    activity_entry: () => ({ ...activityEntry, row: { ...activityRow, state: "refused", canUndo: false, canRetry: true, said } }),
    job: () => ({ ...job, size: 2, waiting: 1, done: 0, toLookAt: 1, canUndo: false, isPaused: true, pausedBecause: said }),
  });
  const user = userEvent.setup();
  const onReplaceToken = vi.fn<() => void>();
  const { rerender } = render(strip(["e1"], { onReplaceToken }), { wrapper });
  await user.click(await screen.findByRole("button", { name: "Replace the token…" }));
  expect(onReplaceToken).toHaveBeenCalledTimes(1);
  expect(screen.getByRole("status")).toHaveTextContent(
    "Refused: The access token lacks the scope Orders, modify. Scopes can’t be added to an account.",
  );

  rerender(strip(["e1", "e2"], { onReplaceToken }));
  await screen.findByText("Paused: The access token lacks the scope Orders, modify.");
  const [first] = screen.getAllByRole("button");
  expect(first).toHaveAccessibleName("Replace the token…");
  await user.click(first as HTMLElement);
  expect(onReplaceToken).toHaveBeenCalledTimes(2);
});
