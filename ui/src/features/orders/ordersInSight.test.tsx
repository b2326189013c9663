import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answers } from "../../testing/fakeBackend";
import { shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const orders = `/store/${store.key}/orders`;
/** The order at a place of the list, the newest first. */
const at = (place: number) => String(48219 - place);

// Nothing is laid out here, and nobody is told of scrolling.
beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, "scrollHeight", { configurable: true, get: () => 10_000 });
  Object.defineProperty(HTMLElement.prototype, "scrollTo", {
    configurable: true,
    value(this: HTMLElement, { top }: { top: number }) {
      this.scrollTop = top;
      queueMicrotask(() => this.dispatchEvent(new Event("scroll")));
    },
  });
});
afterAll(() => {
  Reflect.deleteProperty(HTMLElement.prototype, "scrollHeight");
  Reflect.deleteProperty(HTMLElement.prototype, "scrollTo");
});

const grid = () => screen.getByRole("grid", { name: "Orders" });
const panel = (order: string) => screen.findByRole("complementary", { name: `Order ${order}` });
const rowOf = (order: string) => within(grid()).getByText(order).closest<HTMLElement>('[role="row"]');

/** What was answered has been drawn. */
const settled = () => act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));

async function list(place = orders, answers: Answers = {}) {
  const user = userEvent.setup();
  const opened = openWindow(place, { ...shop(200), ...answers });
  await screen.findByText(at(0));
  const goTo = (search: Record<string, string>) => act(() => opened.router.navigate({ to: orders, search }));
  return { user, goTo, ...opened };
}

it("brings the row of an order that is opened from elsewhere into sight, once, and leaves the keyboard where it is", async () => {
  let version = 0;
  const { goTo, backend } = await list(orders, {
    open_orders: () => ({ view: `v${(version += 1)}`, count: 200, totals: [], countWithoutSearch: 200 }),
  });
  const search = screen.getByRole("searchbox");
  search.focus();
  await goTo({ open: at(150) });
  await waitFor(() => expect(rowOf(at(150))).toHaveAttribute("aria-current", "true"));
  expect(search).toHaveFocus();
  // From then on it stays where the person scrolls it, also when the list comes anew.
  grid().scrollTop = 0;
  fireEvent.scroll(grid());
  await screen.findByText(at(0));
  const before = version;
  act(() => backend.tell({ kind: "stale", store: store.key, tags: ["orders"] }));
  await waitFor(() => expect(version).toBe(before + 1));
  await waitFor(() => expect(backend.last("order_place")).toEqual({ view: `v${version}`, id: at(150) }));
  await settled();
  expect(grid().scrollTop).toBe(0);
  // The next one is met again.
  await goTo({ open: at(120) });
  await waitFor(() => expect(rowOf(at(120))).toHaveAttribute("aria-current", "true"));
});

it("finds it in the list that it is opened with, not in the one before", async () => {
  const { goTo } = await list(`${orders}?status=11`, {
    open_orders: ({ statusId }: { statusId: number | null }) => ({
      view: statusId === null ? "all" : "some",
      count: 200,
      totals: [],
      countWithoutSearch: 200,
    }),
    order_place: ({ view }: { view: string }) => ({ index: view === "all" ? 150 : 3 }),
  });
  await goTo({ status: "all", open: at(150) });
  await waitFor(() => expect(rowOf(at(150))).toHaveAttribute("aria-current", "true"));
});

it("comes from another screen with the order in sight", async () => {
  const { router } = openWindow(`/store/${store.key}/settings`, shop(200));
  await screen.findByRole("heading", { name: "Settings" });
  await act(() => router.navigate({ to: orders, search: { open: at(150) } }));
  await panel(at(150));
  await waitFor(() => expect(rowOf(at(150))).toHaveAttribute("aria-current", "true"));
});

it("stays as it is when an order is opened from the list itself", async () => {
  const { user, backend } = await list();
  grid().scrollTop = 3210;
  fireEvent.scroll(grid());
  // A part of it is out of sight.
  await user.click(await screen.findByText(at(100)));
  await panel(at(100));
  await waitFor(() => expect(backend.last("order_place")).toMatchObject({ id: at(100) }));
  await settled();
  expect(grid().scrollTop).toBe(3210);
});

/** An answer that comes when it is told to. */
function later() {
  const told: ((answer: unknown) => void)[] = [];
  const promise = new Promise<unknown>((resolve) => told.push(resolve));
  return { promise, resolve: (answer: unknown) => told[0]?.(answer) };
}

/** A version of the whole list. */
const version = (view: string) => ({ view, count: 200, totals: [], countWithoutSearch: 200 });

it("finds in the next version what an outdated list does not have yet", async () => {
  const next = later();
  let answer: unknown = version("old");
  const { goTo, backend, router } = await list(orders, {
    open_orders: () => answer,
    order_place: ({ view }: { view: string }) => ({ index: view === "old" ? null : 150 }),
  });
  await act(() => router.navigate({ to: `/store/${store.key}/settings` }));
  await screen.findByRole("heading", { name: "Settings" });
  answer = next.promise;
  act(() => backend.tell({ kind: "stale", store: store.key, tags: ["orders"] }));
  await goTo({ open: at(150) });
  await waitFor(() => expect(backend.last("order_place")).toEqual({ view: "old", id: at(150) }));
  await settled();
  expect(within(grid()).queryByText(at(150))).toBeNull();
  next.resolve(version("new"));
  await waitFor(() => expect(rowOf(at(150))).toHaveAttribute("aria-current", "true"));
});

it("brings it into sight after the next version has landed where the one before stood", async () => {
  const kept = later();
  let view = "old";
  const { goTo, backend } = await list(orders, {
    open_orders: () => version(view),
    order_place: (asked: { view: string; id: string }) =>
      asked.view === "new" && asked.id !== at(150) ? kept.promise : { index: 48219 - Number(asked.id) },
  });
  grid().scrollTop = 1600;
  fireEvent.scroll(grid());
  await screen.findByText(at(50));
  view = "new";
  act(() => backend.tell({ kind: "stale", store: store.key, tags: ["orders"] }));
  await waitFor(() => expect(backend.last("order_place")).toMatchObject({ view: "new" }));
  await goTo({ open: at(150) });
  await waitFor(() => expect(backend.asked).toContainEqual({ command: "order_place", input: { view: "old", id: at(150) } }));
  await settled();
  kept.resolve({ index: 50 });
  await waitFor(() => expect(backend.last("order_rows")).toMatchObject({ view: "new" }));
  await waitFor(() => expect(backend.asked).toContainEqual({ command: "order_place", input: { view: "new", id: at(150) } }));
  await settled();
  expect(rowOf(at(150))).toHaveAttribute("aria-current", "true");
  expect(grid().scrollTop).toBeGreaterThan(100 * 32);
});
