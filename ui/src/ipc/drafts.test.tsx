import { QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answers, fakeBackend } from "../testing/fakeBackend";
import { makeClient } from "./client";
import { useNotesDraft, useProductKeeping } from "./drafts";
import { useRead } from "./hooks";

// Time stands still: what is kept here is kept by an event, not because a moment has passed.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function keeping() {
  const answers: Answers = { draft_product: () => null, draft_notes: () => null };
  const backend = fakeBackend(answers);
  const client = makeClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const again = () =>
    renderHook(({ product }: { product: string | null }) => useProductKeeping("s", product), {
      wrapper,
      initialProps: { product: "77" as string | null },
    });
  const form = again();
  const keep = (text: string | null) => act(() => form.result.current.keep(text));
  const kept = () => backend.asked.map(({ input }) => input);
  return { answers, backend, form, again, keep, kept, wrapper };
}

const hide = (state: DocumentVisibilityState) => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
};

describe("what is typed", () => {
  it("is kept while somebody types on and on", async () => {
    const { keep, kept } = keeping();
    for (let n = 1; n <= 40; n += 1) {
      keep("x".repeat(n));
      // One after the other: each key comes at its own time.
      // oxlint-disable-next-line no-await-in-loop
      await act(() => vi.advanceTimersByTimeAsync(100));
    }
    // Four seconds without a pause; a crash may take the last moments of them.
    expect(kept().length).toBeGreaterThanOrEqual(2);
    expect(kept().length).toBeLessThanOrEqual(4);
    expect((kept().at(-1) as { text: string }).text.length).toBeGreaterThan(25);
    await act(() => vi.advanceTimersByTimeAsync(500));
    expect(kept().at(-1)).toMatchObject({ text: "x".repeat(40) });
  });

  it("is tried again until there is room for it, and says so meanwhile", async () => {
    const { form, keep, kept, answers } = keeping();
    answers.draft_product = () => {
      throw { code: "diskFull" };
    };
    keep("typed");
    await act(() => vi.advanceTimersByTimeAsync(500));
    expect(kept()).toHaveLength(1);
    expect(form.result.current.failed).toEqual({ code: "diskFull" });
    await act(() => vi.advanceTimersByTimeAsync(5_000));
    expect(kept()).toHaveLength(2);

    answers.draft_product = () => null;
    await act(() => vi.advanceTimersByTimeAsync(5_000));
    expect(kept()).toHaveLength(3);
    expect(kept().at(-1)).toMatchObject({ text: "typed" });
    expect(form.result.current).toMatchObject({ failed: null, unkept: undefined });
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(kept()).toHaveLength(3);
  });

  it("is not lost where it could not be written before its form was left", async () => {
    const { form, keep, kept, answers, again } = keeping();
    answers.draft_product = () => {
      throw { code: "diskFull" };
    };
    keep("typed");
    form.unmount();
    await vi.advanceTimersByTimeAsync(0);
    // Whoever comes back finds it, and it is still tried.
    expect(again().result.current.unkept).toBe("typed");
    answers.draft_product = () => null;
    window.dispatchEvent(new Event("blur"));
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(kept().at(-1)).toMatchObject({ text: "typed" });
    expect(again().result.current.unkept).toBeUndefined();
  });

  it("is not taken for kept by a late answer about what was typed before", async () => {
    const { form, keep, kept, answers } = keeping();
    const waiting: ((answer: null) => void)[] = [];
    answers.draft_product = () => new Promise<null>((done) => waiting.push(done));
    keep("first");
    await act(() => vi.advanceTimersByTimeAsync(500));
    keep("second");
    await act(async () => waiting[0]?.(null));
    expect(form.result.current.unkept).toBe("second");
    await act(() => vi.advanceTimersByTimeAsync(500));
    await act(async () => waiting[1]?.(null));
    expect(kept()).toHaveLength(2);
    expect(form.result.current.unkept).toBeUndefined();
  });

  it("is not hidden by an answer that was read before it was kept, and comes after", async () => {
    const { answers, wrapper } = keeping();
    const details: ((detail: unknown) => void)[] = [];
    answers["order"] = () => new Promise((done) => details.push(done));
    const kept: (() => void)[] = [];
    answers["draft_notes"] = () => new Promise<null>((done) => kept.push(() => done(null)));
    const { result } = renderHook(
      () => {
        const read = useRead("order", { store: "s", order: "8" });
        return { read, draft: useNotesDraft("s", "8"), client: useQueryClient() };
      },
      { wrapper },
    );
    await act(async () => details[0]!({ draftStaffNotes: null }));
    // The order is asked for again, for some reason, while somebody types.
    act(() => void result.current.client.invalidateQueries({ queryKey: ["order"] }));
    act(() => result.current.draft.keep("typed"));
    act(() => result.current.draft.flush());
    await act(async () => kept[0]!());
    // It was read before the note was on the disk.
    await act(async () => details[1]!({ draftStaffNotes: null }));
    expect(result.current.draft.unkept).toBeUndefined();
    expect(details).toHaveLength(3);
    await act(async () => details[2]!({ draftStaffNotes: "typed" }));
    expect(result.current.read.data).toMatchObject({ draftStaffNotes: "typed" });
  });

  it("stands in for an answer that overtook it", async () => {
    const { answers, wrapper } = keeping();
    const details: ((detail: unknown) => void)[] = [];
    answers["order"] = () => new Promise((done) => details.push(done));
    const kept: (() => void)[] = [];
    answers["draft_notes"] = () => new Promise<null>((done) => kept.push(() => done(null)));
    const { result } = renderHook(
      () => {
        const read = useRead("order", { store: "s", order: "9" });
        return { read, draft: useNotesDraft("s", "9"), client: useQueryClient() };
      },
      { wrapper },
    );
    await act(async () => details[0]!({ draftStaffNotes: null }));
    act(() => void result.current.client.invalidateQueries({ queryKey: ["order"] }));
    act(() => result.current.draft.keep("typed"));
    await act(async () => details[1]!({ draftStaffNotes: null }));
    act(() => result.current.draft.flush());
    await act(async () => kept[0]!());
    expect(result.current.read.data).toMatchObject({ draftStaffNotes: "typed" });
    expect(details).toHaveLength(2);
  });

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
