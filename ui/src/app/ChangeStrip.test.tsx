import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { type ActivityRow, makeClient } from "../ipc";
import { fakeBackend } from "../testing/fakeBackend";
import { activityEntry, activityRow, job, plan, store } from "../testing/shop";
import { ChangeStrip } from "./ChangeStrip";

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
  render(
    <ChangeStrip
      store={store.key}
      change={{ kind: "applied", plan, job: "j1", entries: [refused.entry] }}
      onUndo={() => undefined}
      onUndoJob={() => undefined}
      onShow={() => undefined}
      onClose={() => undefined}
    />,
    { wrapper: ({ children }) => <QueryClientProvider client={makeClient()}>{children}</QueryClientProvider> },
  );
  const strip = screen.getByRole("status");
  await waitFor(() => expect(strip).toHaveTextContent("Staff notes: is too long"));
  expect(strip).not.toHaveTextContent("staff_notes");
});

it("offers to put back a job of which the store took only parts", async () => {
  fakeBackend({ job: () => ({ ...job, size: 2, done: 0, toLookAt: 2, canUndo: true }) });
  render(
    <ChangeStrip
      store={store.key}
      change={{ kind: "applied", plan, job: "j1", entries: ["e1", "e2"] }}
      onUndo={() => undefined}
      onUndoJob={() => undefined}
      onShow={() => undefined}
      onClose={() => undefined}
    />,
    { wrapper: ({ children }) => <QueryClientProvider client={makeClient()}>{children}</QueryClientProvider> },
  );
  expect(await screen.findByRole("button", { name: "Undo…" })).toBeVisible();
});
