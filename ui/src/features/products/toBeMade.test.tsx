import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { EntryState, Makings } from "../../ipc/bindings";
import { findings } from "../../testing/axe";
import { activityEntry, productChange, shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const list = `/store/${store.key}/products`;

const making = { ...productChange, subject: { kind: "newProduct" as const }, name: "Tarn Mug", doing: "create" as const };

function open(makings: Makings, state: EntryState = "waiting") {
  const answers = {
    ...shop(),
    // Each answer is one of its own, as the backend's are.
    makings: () => ({ ...makings }),
    activity_entry: () => ({ ...activityEntry, row: { ...making, state } }),
  };
  return openWindow(list, answers);
}

const line = async (words: string) => within((await screen.findByText(words)).parentElement!);

it("a product that waits to be made is told above the list, and leads to what becomes of it", async () => {
  const user = userEvent.setup();
  open({ waiting: 1, underWay: 0, entry: "e7", name: "Tarn Mug" });
  const told = await line("1 product waits to be made: Tarn Mug");
  expect(await findings()).toEqual([]);
  await user.click(told.getByRole("button", { name: "Show it" }));
  expect(await screen.findByText("The product is being made")).toBeVisible();
  // Its panel says it now.
  expect(screen.queryByText(/waits to be made/)).toBeNull();
});

it("several that wait are counted", async () => {
  open({ waiting: 2, underWay: 0, entry: "e7", name: "Tarn Mug" });
  expect((await line("2 products wait to be made")).getByRole("button", { name: "Show them" })).toBeVisible();
});

it("several of which some are under way are not said to wait, and lead to what is on the way", async () => {
  const user = userEvent.setup();
  const { backend } = open({ waiting: 1, underWay: 2, entry: "e7", name: "Tarn Mug" });
  const told = await line("3 products are on their way to the store");
  await user.click(told.getByRole("button", { name: "Show them" }));
  await waitFor(() => expect(backend.last("open_activity")).toMatchObject({ store: store.key, filter: "onTheWay" }));
});

it("one that is under way is not said to be being made, which nobody can say without an answer, and goes once it is there", async () => {
  const makings: Makings = { waiting: 0, underWay: 1, entry: "e7", name: "Tarn Mug" };
  const { backend } = open(makings);
  await line("1 product is on its way to the store: Tarn Mug");
  Object.assign(makings, { underWay: 0, entry: null, name: "" });
  backend.tell({ kind: "stale", store: store.key, tags: ["activity"] });
  await waitFor(() => expect(screen.queryByText(/on its way to the store/)).toBeNull());
});

it("one that got no answer may have been made, says its panel", async () => {
  const user = userEvent.setup();
  open({ waiting: 0, underWay: 1, entry: "e7", name: "Tarn Mug" }, "unknown");
  const told = await line("1 product is on its way to the store: Tarn Mug");
  await user.click(told.getByRole("button", { name: "Show it" }));
  expect(await screen.findByText("The product may have been made")).toBeVisible();
  expect(screen.queryByText("The product is being made")).toBeNull();
});
