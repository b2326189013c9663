import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { FindQuestion, Found } from "../../ipc/bindings";
import { findings } from "../../testing/axe";
import type { Answers } from "../../testing/fakeBackend";
import { findAmong } from "../../testing/finding";
import { press } from "../../testing/keys";
import { customerRow, orderRow, productRow, shop, store, storeState } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const at = (place: string) => `/store/${store.key}/${place}`;

const damaged = () => {
  throw { code: "damagedFile", file: "mirror" };
};

/** How the store is doing where its products can't be had. */
const withoutProducts = (outOfReach: (typeof storeState)["areas"][number]["outOfReach"]) => ({
  ...storeState,
  areas: storeState.areas.map((area) => (area.area === "products" ? { ...area, isComplete: false, outOfReach } : area)),
});

/** The list of commands over the settings, where nothing else asks for orders, products or customers. */
async function palette(answers: Answers = {}, orders = 3) {
  const user = userEvent.setup();
  const opened = openWindow(at("settings"), { ...shop(orders), ...answers });
  await screen.findByRole("heading", { name: "Settings" });
  press(["Ctrl", "K"]);
  const field = await screen.findByRole("combobox", { name: "Search orders, products, customers and commands" });
  return { user, field, ...opened };
}

const group = (name: string) => screen.findByRole("group", { name });
const options = (within_: HTMLElement) =>
  within(within_)
    .getAllByRole("option")
    .map((one) => one.textContent?.replaceAll(/\s+/g, " ").trim());
const chosen = () => screen.getByRole("option", { selected: true });

it("finds orders, products and customers, each kind under its own heading", async () => {
  const everything = [0, 1, 2].map((place) => ({ ...productRow(place), name: `Customer’s own ${place}` }));
  const find = findAmong([orderRow(0)], everything, [customerRow(0)]);
  const { user, field, backend } = await palette({ find });
  await user.type(field, "customer");
  expect(options(await group("Orders"))).toEqual(["48219 Customer 0 Awaiting Fulfillment, $10.00"]);
  expect(options(await group("Products"))).toEqual([
    "Customer’s own 0 P-0, $20.00",
    "Customer’s own 1 P-1, $20.00",
    "Customer’s own 2 P-2, $15.00",
  ]);
  expect(options(await group("Customers"))).toEqual(["Customer 0 customer.0@example.com, 2 orders"]);
  // What can be done comes before what was found, and all of it is one question.
  expect(within(screen.getByRole("listbox")).getAllByRole("group")[0]).not.toHaveAccessibleName("Orders");
  const asked = backend.asked.filter(({ command }) => command === "find").map(({ input }) => input);
  const question = { store: store.key, search: "customer" };
  expect(asked.at(-1)).toEqual(question);
  // Somebody who types slowly asks about the beginning of a word as well, and still about the whole of it once.
  expect(asked.filter((one) => JSON.stringify(one) === JSON.stringify(question))).toHaveLength(1);
  expect(await findings()).toEqual([]);
});

it("leads by the arrows through every kind, and from the last line of one to all of them", async () => {
  const { user, field, router } = await palette({}, 12);
  await user.type(field, "customer");
  await group("Customers");
  const walked: string[] = [];
  const count = screen.getAllByRole("option").length;
  for (let step = 0; step < count; step += 1) {
    walked.push(chosen().textContent ?? "");
    expect(field).toHaveAttribute("aria-activedescendant", chosen().id);
    await user.keyboard("{ArrowDown}");
  }
  expect(new Set(walked).size).toBe(count);
  // And around to where it began.
  expect(chosen().textContent).toBe(walked[0]);
  await user.click(screen.getByRole("option", { name: "All 12 in Orders" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(at("orders")));
  expect(router.state.location.search).toEqual({ status: "all", q: "customer" });
});

it.each([
  ["an order by its number", "48218", "orders", { status: "all", open: "48218" }],
  ["a product by its SKU", "p-2", "products", { show: "all", open: "79" }],
  ["a customer by their e-mail address", "customer.1@", "customers", { open: "18" }],
])("opens %s, also where Enter comes before the answer", async (_, text, screen_, place) => {
  const find = findAmong([orderRow(1)].map((row) => ({ ...row, email: "" })), [productRow(2)], [customerRow(1)]);
  const { user, field, router } = await palette({ find });
  await user.type(field, text);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe(at(screen_)));
  expect(router.state.location.search).toEqual(place);
});

it("opens an unfinished checkout in a list that shows it, and counts it with no others", async () => {
  const checkout = { ...orderRow(0), id: "482", statusId: 0, statusLabel: "Incomplete" };
  const all = findAmong([checkout, ...[1, 2, 3, 4].map(orderRow)], [], []);
  const find = (question: FindQuestion): Found => {
    const found = all(question);
    return { ...found, orders: found.orders && { ...found.orders, count: 4 } };
  };
  const { user, field, router } = await palette({ find });
  await user.type(field, "482");
  expect(options(await group("Orders"))).toHaveLength(5);
  await user.click(screen.getByRole("option", { name: /^482 .*Incomplete/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe(at("orders")));
  expect(router.state.location.search).toEqual({ status: "all", open: "482", incomplete: "1" });
});

it("counts what was found, and no line that only leads to the rest of it", async () => {
  const orders = Array.from({ length: 1200 }, (_, place) => orderRow(place));
  const customers = Array.from({ length: 45 }, (_, place) => customerRow(place));
  const { user, field } = await palette({ find: findAmong(orders, [], customers) });
  // No command is called that.
  await user.type(field, "customer.");
  await group("Customers");
  expect(screen.getAllByRole("option")).toHaveLength(12);
  expect(screen.getByText("Showing 10 of 1,245")).toBeVisible();
  await user.clear(field);
  await user.type(field, "customer.44@");
  expect(await screen.findByText("2 found")).toBeVisible();
});

it("leads to all orders where an unfinished checkout takes the place of one of the best", async () => {
  const checkout = { ...orderRow(0), id: "482", statusId: 0, statusLabel: "Incomplete" };
  const all = findAmong([checkout, ...[1, 2, 3, 4, 5].map(orderRow)], [], []);
  const find = (question: FindQuestion): Found => {
    const found = all(question);
    return { ...found, orders: found.orders && { ...found.orders, count: 5 } };
  };
  const { user, field } = await palette({ find });
  await user.type(field, "482");
  expect(options(await group("Orders")).at(-1)).toBe("All 5 in Orders");
});

it("never shows a late answer under newer words, and lets commands be given meanwhile", async () => {
  const waiting = new Map<string, (found: Found) => void>();
  const find = ({ search }: FindQuestion) => new Promise<Found>((resolve) => waiting.set(search, resolve));
  const { user, field, backend } = await palette({ find });
  const all = findAmong([orderRow(0), orderRow(1)], [], []);
  const answer = (search: string) => act(async () => waiting.get(search)?.(all({ store: store.key, search })));
  await user.type(field, "482");
  await waitFor(() => expect(waiting.has("482")).toBe(true));
  await user.type(field, "18");
  await waitFor(() => expect(waiting.has("48218")).toBe(true));
  await answer("48218");
  expect(options(await group("Orders"))).toHaveLength(1);
  await answer("482");
  expect(options(await group("Orders"))).toEqual(["48218 Customer 1 Shipped, $10.00"]);
  // Nor one that comes before the newer question is asked.
  await user.clear(field);
  await user.type(field, "refresh n");
  await waitFor(() => expect(waiting.has("refresh n")).toBe(true));
  await user.type(field, "ow");
  await answer("refresh n");
  expect(screen.queryByRole("group", { name: "Orders" })).toBeNull();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(backend.times("refresh")).toBe(1));
});

it("doesn't say that nothing was found while it still looks", async () => {
  const waiting = new Map<string, (found: Found) => void>();
  const find = ({ search }: FindQuestion) => new Promise<Found>((resolve) => waiting.set(search, resolve));
  const { user, field } = await palette({ find });
  await user.type(field, "xyz");
  await waitFor(() => expect(waiting.has("xyz")).toBe(true));
  expect(screen.queryByRole("option")).toBeNull();
  expect(screen.queryByText("Nothing found")).toBeNull();
  await act(async () => waiting.get("xyz")?.(findAmong([], [], [])({ store: store.key, search: "xyz" })));
  expect(await screen.findByText("Nothing found")).toBeVisible();
});

it("says what was looked for in vain and where, and which kinds were looked through", async () => {
  const pulling = { ...storeState, areas: storeState.areas.map((area) => ({ ...area, isComplete: false })) };
  const { user, field, client } = await palette();
  await user.type(field, "xyz");
  const said = "No order, product or customer on this computer holds “xyz”, and no command is called that.";
  expect(await screen.findByText(said, { exact: false })).toHaveTextContent("A part of a number");
  expect(screen.getByText(said, { exact: false })).toHaveTextContent("Unfinished checkouts are left out");
  expect(screen.getByText("Nothing found")).toBeVisible();
  expect(field).not.toHaveAttribute("aria-activedescendant");
  expect(await findings()).toEqual([]);
  act(() => client.setQueryData(["storeState", { store: store.key }], pulling));
  expect(await screen.findByText("Not everything of this store is on this computer yet.", { exact: false })).toBeVisible();
  await user.clear(field);
  await user.type(field, "qx");
  expect(await screen.findByText("Nothing here is called “qx”.", { exact: false })).toHaveTextContent("Type three letters");
});

it("says of what the store can’t give that not everything is here, and of what the token may not read nothing", async () => {
  const { user, field, client } = await palette();
  await user.type(field, "xyz");
  const said = await screen.findByText("on this computer holds “xyz”", { exact: false });
  act(() => client.setQueryData(["storeState", { store: store.key }], withoutProducts({ code: "notFound" })));
  await waitFor(() => expect(said).toHaveTextContent("Not everything of this store is on this computer yet."));
  act(() => client.setQueryData(["storeState", { store: store.key }], withoutProducts({ code: "missingScope", needs: null })));
  await waitFor(() => expect(said).not.toHaveTextContent("Not everything"));
});

it("says nothing of unfinished checkouts where orders were not looked through", async () => {
  const all = findAmong([], [productRow(0)], []);
  const find = (question: FindQuestion) => ({ ...all(question), orders: null });
  const { user, field } = await palette({ find });
  await user.type(field, "xyz");
  const said = await screen.findByText("No product or customer on this computer holds “xyz”", { exact: false });
  expect(said).not.toHaveTextContent("Unfinished checkouts");
});

it("has no heading for what the token may not read, and doesn't say that it was looked through", async () => {
  const all = findAmong([orderRow(0)], [productRow(0)], [customerRow(0)]);
  const find = (question: FindQuestion) => ({ ...all(question), products: null });
  const { user, field } = await palette({ find });
  await user.type(field, "48219");
  await group("Orders");
  expect(screen.queryByRole("group", { name: "Products" })).toBeNull();
  await user.clear(field);
  await user.type(field, "product 0");
  expect(await screen.findByText("No order or customer on this computer holds “product 0”", { exact: false })).toBeVisible();
});

it("shows what was found where one kind could not be searched, and names that one", async () => {
  const all = findAmong([orderRow(0)], [], []);
  const find = (question: FindQuestion): Found => ({ ...all(question), products: null, failed: ["products"] });
  const { user, field } = await palette({ find });
  await user.type(field, "48219");
  await group("Orders");
  expect(screen.getByText("Products could not be searched just now.")).toBeVisible();
  expect(await findings()).toEqual([]);
  await user.clear(field);
  await user.type(field, "xyz");
  expect(await screen.findByText("No order or customer on this computer holds “xyz”", { exact: false })).toBeVisible();
  expect(screen.getByText("Products could not be searched just now.")).toBeVisible();
});

it("goes on with commands where nothing could be searched at all", async () => {
  const { user, field, backend } = await palette({ find: damaged });
  await user.type(field, "refresh now");
  expect(await screen.findByText("Orders, products and customers could not be searched just now.")).toBeVisible();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(backend.times("refresh")).toBe(1));
});

it("looks for nothing outside of stores, and does not promise it", async () => {
  const user = userEvent.setup();
  const { backend } = openWindow("/connect", shop());
  await screen.findByRole("heading", { name: "Which store?" });
  press(["Ctrl", "K"]);
  const field = await screen.findByRole("combobox", { name: "What do you want to do?" });
  await user.type(field, "48219");
  expect(await screen.findByText("Nothing here is called “48219”.")).toBeVisible();
  expect(backend.times("find")).toBe(0);
});
