import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeBackend } from "../testing/fakeBackend";
import { orderRow } from "../testing/shop";
import { useTicked } from "./ticked";

/** A list of 700 orders, of which none is in sight; each question for rows waits until it is answered. */
function longList() {
  const waiting: (() => void)[] = [];
  fakeBackend({
    order_rows: ({ from, to }: { from: number; to: number }) =>
      new Promise((resolve) =>
        waiting.push(() =>
          resolve({ from, rows: Array.from({ length: to - from }, (_, at) => ({ ...orderRow(0), id: String(from + at) })) }),
        ),
      ),
  });
  const { result } = renderHook(() => useTicked("orderRows", "v1", 700, () => undefined, "all"));
  const answerAll = async () => {
    for (let at = 0; at < 20; at += 1) {
      for (const answer of waiting.splice(0)) answer();
      // oxlint-disable-next-line no-await-in-loop
      await act(async () => void (await Promise.resolve()));
    }
  };
  return { result, answerAll };
}

it("a long list that is ticked says at once that it is being read", async () => {
  const { result, answerAll } = longList();
  act(() => result.current.setAll());
  expect(result.current).toMatchObject({ reading: true, count: 0 });
  await answerAll();
  await waitFor(() => expect(result.current).toMatchObject({ reading: false, count: 700, all: true }));
});

it("who unticks while the list is being read gets no ticks afterwards", async () => {
  const { result, answerAll } = longList();
  act(() => result.current.setAll());
  act(() => result.current.clear());
  expect(result.current.reading).toBe(false);
  await answerAll();
  expect(result.current).toMatchObject({ reading: false, count: 0 });
});

it("two stretches that are read at a time are both ticked", async () => {
  const { result, answerAll } = longList();
  act(() => result.current.set(0, 9, true));
  act(() => result.current.set(600, 609, true));
  await answerAll();
  await waitFor(() => expect(result.current).toMatchObject({ reading: false, count: 20 }));
});
