import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeBackend } from "../testing/fakeBackend";
import { makeClient } from "./client";
import { useNotesDraft, useProductKeeping } from "./drafts";

// Time stands still: what is kept here is kept by an event, not because a moment has passed.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function keeping() {
  const backend = fakeBackend({ draft_product: () => null, draft_notes: () => null });
  const client = makeClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const form = renderHook(({ product }: { product: string | null }) => useProductKeeping("s", product), {
    wrapper,
    initialProps: { product: "77" as string | null },
  });
  const keep = (text: string | null) => form.result.current.keep(text);
  const kept = () => backend.asked.map(({ input }) => input);
  return { backend, form, keep, kept, wrapper };
}

const hide = (state: DocumentVisibilityState) => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
};

describe("what is typed", () => {
  it("is kept once, a moment after the last key", () => {
    const { keep, kept } = keeping();
    keep("a");
    vi.advanceTimersByTime(499);
    keep("ab");
    vi.advanceTimersByTime(499);
    expect(kept()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(kept()).toEqual([{ store: "s", product: "77", text: "ab" }]);
    vi.advanceTimersByTime(5_000);
    expect(kept()).toHaveLength(1);
  });

  it("is kept at the instant the form is left", () => {
    const { form, keep, kept } = keeping();
    keep("half a pri");
    form.unmount();
    expect(kept()).toEqual([{ store: "s", product: "77", text: "half a pri" }]);
    vi.advanceTimersByTime(5_000);
    expect(kept()).toHaveLength(1);
  });

  it("is kept under its own product when the form goes on to another", () => {
    const { form, keep, kept } = keeping();
    keep("of the first");
    form.rerender({ product: null });
    expect(kept()).toEqual([{ store: "s", product: "77", text: "of the first" }]);
  });

  it.each([
    ["loses the person", () => window.dispatchEvent(new Event("blur"))],
    ["is put away", () => window.dispatchEvent(new Event("pagehide"))],
    ["is hidden", () => hide("hidden")],
  ])("is kept at the instant the window %s", (_, happens) => {
    const { keep, kept } = keeping();
    keep("typed");
    happens();
    expect(kept()).toEqual([{ store: "s", product: "77", text: "typed" }]);
  });

  it("that was kept is not kept again by leaving", () => {
    const { form, keep, kept } = keeping();
    keep("typed");
    vi.advanceTimersByTime(500);
    form.unmount();
    window.dispatchEvent(new Event("blur"));
    expect(kept()).toHaveLength(1);
  });

  it("in the staff notes is kept at the instant the order is left", () => {
    const { backend, wrapper } = keeping();
    const notes = renderHook(() => useNotesDraft("s", "1"), { wrapper });
    notes.result.current.keep("Call fir");
    notes.unmount();
    expect(backend.last("draft_notes")).toEqual({ store: "s", order: "1", text: "Call fir" });
  });
});
