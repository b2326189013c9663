import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type AreaState, type StoreState, readKey } from "../../ipc";
import { findings } from "../../testing/axe";
import type { Answers } from "../../testing/fakeBackend";
import { homeNumbers, sales, salesOverTime, shop, store, storeState, usd } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const place = `/store/${store.key}/home`;
const homeShop = (change: Partial<Answers> = {}): Answers => ({ ...shop(), ...change }) as Answers;
const eur = (amount: string) => ({ amount, currency: "EUR" });

const area = (name: AreaState["area"], change: Partial<AreaState> = {}): AreaState => ({
  area: name,
  here: 3,
  inStore: 3,
  isComplete: true,
  outOfReach: null,
  ...change,
});
const doing = (areas: AreaState[], change: Partial<StoreState> = {}) => ({
  store_state: () => ({ ...storeState, areas, ...change }),
  select_store: () => ({ ...storeState, areas, ...change }),
});
const whole = doing([area("orders"), area("products"), area("customers")]);

const link = (name: string | RegExp) => screen.findByRole("link", { name });

describe("home", () => {
  it("says what was sold today and this month, beside what had been by then", async () => {
    openWindow(place, homeShop(whole));
    const today = await link(/^Sales today/);
    expect(today).toHaveTextContent("$10.00");
    expect(today).toHaveTextContent("1 order");
    expect(today).toHaveTextContent("$8.00 by this time yesterday");
    const month = await link(/^Sales this month/);
    expect(month).toHaveTextContent("$30.00");
    expect(month).toHaveTextContent(/\+25.0% on Oct 1\s–\s16/);
    expect(screen.getByText("Monday, November 16, 2026")).toBeVisible();
    await screen.findByRole("group", { name: "Sales per day" });
    expect(await findings()).toEqual([]);
  });

  it("leads from every number to the list of what it counts", async () => {
    const user = userEvent.setup();
    const ways: [string | RegExp, string, Record<string, unknown>][] = [
      [/^Sales today/, "open_orders", { placedFrom: "2026-11-16", placedTo: null, statusId: null, descending: true }],
      [/^Sales this month/, "open_orders", { placedFrom: "2026-11-01", placedTo: null, statusId: null }],
      [/^Awaiting Fulfillment.*Oldest/, "open_orders", { statusId: 11, placedFrom: null, sort: "placed", descending: false }],
      [/^Awaiting Fulfillment ?2 orders$/, "open_orders", { statusId: 11, placedFrom: null }],
      ["All orders", "open_orders", { statusId: null, placedFrom: null }],
      ["2 new orders, $18.00", "open_orders", { placedFrom: "2026-11-15", placedTo: null, statusId: null }],
      ["1 of them awaiting fulfillment", "open_orders", { placedFrom: "2026-11-15", statusId: 11 }],
      ["1 new customer", "open_customers", { registeredFrom: "2026-11-15", sort: "registered", descending: true }],
      ["3 products changed", "open_products", { modifiedFrom: "2026-11-15", stock: "all", visibility: "all", sort: "modified" }],
      ["1 out", "open_products", { stock: "out", modifiedFrom: null }],
      ["1 low", "open_products", { stock: "low", modifiedFrom: null }],
      ["All 2", "open_products", { visibility: "hidden", sort: "stock", descending: true }],
      [/48219/, "activity_entry", { entry: "e1" }],
    ];
    const { backend, router } = openWindow(place, homeShop(whole));
    for (const [name, command, wanted] of ways) {
      await user.click(await link(name));
      await waitFor(() => expect(backend.last(command), String(name)).toMatchObject(wanted));
      router.history.back();
    }
  });

  it("opens a product that has run out beside the list it belongs to", async () => {
    const user = userEvent.setup();
    const { router } = openWindow(place, homeShop(whole));
    const part = (await screen.findByRole("heading", { name: "Low and out of stock" })).closest("section");
    await user.click(within(part as HTMLElement).getByRole("link", { name: /Product 1/ }));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ show: "out", open: "78" }));
  });

  it("says that products with variants are counted by their total, in a shop that has some", async () => {
    const { client } = openWindow(place, homeShop({ ...whole, home: () => ({ ...homeNumbers, someByVariant: true }) }));
    const title = await screen.findByRole("heading", { name: "Low and out of stock" });
    const part = title.closest("section") as HTMLElement;
    expect(within(part).getByText(/^Products with variants are counted by their total/)).toBeVisible();
    expect(await findings()).toEqual([]);
    client.setQueryData(readKey("home", { store: store.key }), homeNumbers);
    await waitFor(() => expect(within(part).queryByText(/^Products with variants/)).toBeNull());
  });

  it("is gone to by its keys, and stands above the orders", async () => {
    const user = userEvent.setup();
    openWindow(`/store/${store.key}/orders`, homeShop(whole));
    const screens = await screen.findByRole("navigation", { name: "Screens" });
    expect(within(screens).getAllByRole("link")[0]).toHaveAccessibleName("Home");
    await screen.findByText("Customer 1");
    await user.keyboard("gh");
    expect(await screen.findByRole("main", { name: "Home" })).toBeVisible();
    expect(within(screens).getByRole("link", { name: "Home" })).toHaveAttribute("aria-current", "page");
  });

  it("adds no currency to another", async () => {
    openWindow(
      place,
      homeShop({
        ...whole,
        home: () => ({
          ...homeNumbers,
          today: sales("2026-11-16", "2026-11-16", 4, eur("7.00"), usd("10.00")),
          monthBefore: sales("2026-10-01", "2026-10-16", 3, usd("24.00"), eur("1.00")),
          sinceYesterday: {
            ...homeNumbers.sinceYesterday,
            sales: sales("2026-11-15", "2026-11-16", 2, usd("18.00"), eur("3.50")),
          },
        }),
      }),
    );
    const today = await link(/^Sales today/);
    expect(today).toHaveTextContent("$10.00+ €7.00, 4 orders");
    expect(await link("2 new orders, $18.00 + €3.50")).toBeVisible();
    // How one of them did says little of the month, so the month before stands as it is.
    expect(await link(/^Sales this month/)).toHaveTextContent(/\$24.00 \+ €1.00 on Oct 1\s–\s16/);
  });

  it("names the time zone where the store's days are not this computer's", async () => {
    openWindow(place, homeShop({ ...whole, home: () => ({ ...homeNumbers, timeZone: "America/New_York" }) }));
    expect(await screen.findByText("Days as in America/New York")).toBeVisible();
  });
});

describe("sales per day", () => {
  it("has a bar for every day, told in full and reached by arrows", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(place, homeShop(whole));
    const plot = await screen.findByRole("group", { name: "Sales per day" });
    const bars = within(plot).getAllByRole("link");
    expect(bars).toHaveLength(30);
    expect(bars[29]).toHaveAccessibleName("Mon, Nov 16: $30.00, 30 orders; a year before $15.00");
    expect(bars.filter((bar) => bar.tabIndex === 0)).toEqual([bars[29]]);
    bars[29]?.focus();
    await user.keyboard("{ArrowLeft}{ArrowLeft}");
    expect(bars[27]).toHaveFocus();
    expect(bars.filter((bar) => bar.tabIndex === 0)).toEqual([bars[27]]);
    await user.keyboard("{Home}{ArrowLeft}");
    expect(bars[0]).toHaveFocus();
    await user.keyboard("{End}{ArrowLeft}{Enter}");
    await waitFor(() =>
      expect(backend.last("open_orders")).toMatchObject({ placedFrom: "2026-11-15", placedTo: "2026-11-15" }),
    );
    expect(await screen.findByText("Nov 15, 2026")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Remove Placed" }));
    await waitFor(() => expect(backend.last("open_orders")).toMatchObject({ placedFrom: null, placedTo: null }));
  });

  it("stands as a table as well, and stays one", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(place, homeShop(whole));
    await user.click(await screen.findByRole("button", { name: "Show as table" }));
    const table = await screen.findByRole("table", { name: "Sales per day" });
    const rows = within(table).getAllByRole("row");
    expect(rows).toHaveLength(31);
    expect(rows[1]).toHaveTextContent("Mon, Nov 1630$30.00$15.00");
    await waitFor(() => expect(backend.last("set_layout")).toMatchObject({ name: "home.table", value: "true" }));
    expect(await findings()).toEqual([]);
    await user.click(within(table).getByRole("link", { name: "Sun, Nov 15" }));
    await waitFor(() => expect(backend.last("open_orders")).toMatchObject({ placedFrom: "2026-11-15" }));
  });

  it("goes further back when asked, and says how it compares", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(place, homeShop(whole));
    const part = await screen.findByRole("region", { name: "Sales" });
    expect(await within(part).findByText("$465.00")).toBeVisible();
    expect(within(part).getByText("+100.0% on a year before")).toBeVisible();
    await user.click(within(part).getByRole("radio", { name: "7 days" }));
    await waitFor(() => expect(backend.last("sales")).toMatchObject({ period: "days7" }));
    expect(await within(part).findByText("$28.00")).toBeVisible();
  });

  it("says what an order came to on average and what went back, and nothing that isn't known", async () => {
    const told = salesOverTime(30);
    const untold = { ...told, figures: told.figures.map((one) => ({ ...one, refunded: null, refundedThousandths: null })) };
    const none = {
      ...told,
      figures: [{ currency: "USD", average: null, refunded: usd("0"), refundedUnknown: 0, refundedThousandths: null }],
    };
    const inPart = (unknown: number) => ({
      ...told,
      figures: told.figures.map((one) => ({ ...one, refundedUnknown: unknown, refundedThousandths: null })),
    });
    const { client } = openWindow(place, homeShop({ ...whole, sales: () => told }));
    const part = await screen.findByRole("region", { name: "Sales" });
    const facts = async () => (await within(part).findAllByRole("term")).map((term) => term.parentElement?.textContent);
    expect(await facts()).toEqual(["Average order $1.02", "Refunded $12.30 2.6% of sales before refunds"]);
    expect(await findings()).toEqual([]);

    const key = readKey("sales", { store: store.key, period: "days30" });
    client.setQueryData(key, untold);
    await waitFor(async () => expect(await facts()).toEqual(["Average order $1.02"]));
    client.setQueryData(key, none);
    await waitFor(async () => expect(await facts()).toEqual(["Refunded $0.00 "]));
    client.setQueryData(key, inPart(2));
    const refunded = "Refunded at least $12.30 2 orders don’t say how much";
    await waitFor(async () => expect(await facts()).toEqual(["Average order $1.02", refunded]));
    expect(within(part).getByText("2 orders don’t say how much")).toHaveAttribute(
      "title",
      expect.stringContaining("there are no amounts for them, or some that can’t be read"),
    );
    expect(await findings()).toEqual([]);
    client.setQueryData(key, inPart(1));
    expect(await within(part).findByText("1 order doesn’t say how much")).toBeVisible();
  });

  it("shows one currency at a time", async () => {
    const user = userEvent.setup();
    const data = salesOverTime(7);
    const last = data.bars[6];
    if (last) last.now = sales("2026-11-16", "2026-11-16", 2, usd("7.00"), eur("3.00"));
    data.whole = sales("2026-11-10", "2026-11-16", 29, usd("28.00"), eur("3.00"));
    data.figures.push({ currency: "EUR", average: eur("1.50"), refunded: null, refundedUnknown: 0, refundedThousandths: null });
    openWindow(place, homeShop({ ...whole, sales: () => data }));
    const part = await screen.findByRole("region", { name: "Sales" });
    expect(await within(part).findByText("$28.00")).toBeVisible();
    expect(within(part).getByText("$1.02")).toBeVisible();
    await user.click(within(part).getByRole("radio", { name: "EUR" }));
    expect(await within(part).findByText("€3.00")).toBeVisible();
    expect(within(part).getByText("€1.50")).toBeVisible();
    expect(within(part).queryByText("Refunded")).toBeNull();
    expect(within(part).getAllByRole("link").at(-1)).toHaveAccessibleName(/€3\.00, 2 orders in all currencies/);
  });
});

describe("home of a store that isn't whole here", () => {
  const few = area("orders", { here: 1200, inStore: 48_102, isComplete: false });

  it("says so while the first pull runs, and compares with nothing", async () => {
    const pulling = doing([few, area("products"), area("customers")], { phase: "firstPull", secondsLeft: 90 });
    openWindow(place, homeShop(pulling));
    expect(await screen.findByText("These numbers are not whole yet")).toBeVisible();
    expect(screen.getByText(/1,200 of 48,102 orders are on this computer so far.*About 2 minutes left/)).toBeVisible();
    expect(await link(/^Sales today/)).not.toHaveTextContent("yesterday");
    expect(await screen.findByRole("group", { name: "Sales per day" })).toBeVisible();
    expect(screen.queryByText(/a year before/)).toBeNull();
    expect(await findings()).toEqual([]);
  });

  it("stands grey, not empty, until the first orders are there", async () => {
    const none = area("orders", { here: 0, inStore: null, isComplete: false });
    const products = area("products", { here: 0, isComplete: false });
    openWindow(place, homeShop(doing([none, products], { phase: "firstPull", refreshedAt: null })));
    expect(await screen.findByRole("img", { name: "Orders are on their way" })).toBeVisible();
    expect(screen.queryByText("$0.00")).toBeNull();
    expect(screen.getByText("Products are on their way")).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("says that nothing was pulled where the store can't be reached", async () => {
    const none = area("orders", { here: 0, inStore: null, isComplete: false });
    openWindow(place, homeShop(doing([none, area("products")], { phase: "stopped", refreshedAt: null })));
    expect(await screen.findByText("No orders on this computer yet")).toBeVisible();
    expect(screen.queryByText("$0.00")).toBeNull();
  });

  it("names what the token may not read, and shows the rest", async () => {
    const outOfReach = { code: "missingScope", needs: null } as const;
    const closed = { here: 0, isComplete: false, outOfReach };
    openWindow(place, homeShop(doing([area("orders"), area("products", closed), area("customers", closed)])));
    expect(await screen.findByText(/This store’s token may not read products/)).toBeVisible();
    expect(screen.getByText("This store’s token may not read customers")).toBeVisible();
    expect(screen.queryByText("Hidden from the storefront")).toBeNull();
    expect(await link(/^Sales today/)).toHaveTextContent("$10.00");
    expect(await findings()).toEqual([]);
  });

  it("of an empty store says what will come", async () => {
    const nothing = { here: 0, inStore: 0 };
    const empty = sales("2026-11-16", "2026-11-16", 0);
    openWindow(
      place,
      homeShop({
        ...doing([area("orders", nothing), area("products", nothing), area("customers", nothing)]),
        home: () => ({
          ...homeNumbers,
          today: empty,
          yesterday: empty,
          month: empty,
          monthBefore: empty,
          sinceYesterday: { sales: empty, awaitingFulfillment: 0, customers: 0, products: 0 },
          statuses: [],
          oldestAwaiting: null,
          lowStock: 0,
          lowStockRows: [],
          outOfStock: 0,
          outOfStockRows: [],
          hidden: 0,
          hiddenRows: [],
          hiddenInStock: 0,
        }),
        open_activity: () => ({ view: "a0", count: 0, all: 0, toLookAt: 0, onTheWay: 0, undone: 0 }),
      }),
    );
    expect(await screen.findByText("No orders yet")).toBeVisible();
    expect(screen.queryByRole("link", { name: /new orders/ })).toBeNull();
    expect(screen.getByText("There are no products in this store yet.")).toBeVisible();
    expect(screen.getByText("No new orders")).toBeVisible();
    expect(await screen.findByText("Nothing was changed from here yet.")).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("that can't be read names the reason, and tries again", async () => {
    const user = userEvent.setup();
    let broken = true;
    openWindow(
      place,
      homeShop({
        ...whole,
        home: () => {
          if (broken) throw { code: "internal", message: "no such table" };
          return homeNumbers;
        },
      }),
    );
    const main = await screen.findByRole("main", { name: "Home" });
    const again = await within(main).findByRole("button", { name: "Try again" });
    broken = false;
    await user.click(again);
    expect(await link(/^Sales today/)).toBeVisible();
  });
});

describe("a list that a number has led to", () => {
  it("of days without an order says so, and shows all days again", async () => {
    const user = userEvent.setup();
    const none = { view: "v0", count: 0, totals: [], countWithoutSearch: 0 };
    const { backend } = openWindow(
      `/store/${store.key}/orders?status=all&from=2026-11-16&to=2026-11-16`,
      homeShop({ open_orders: () => none }),
    );
    expect(await screen.findByText("No order was placed on these days")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Show all days" }));
    await waitFor(() => expect(backend.last("open_orders")).toMatchObject({ placedFrom: null, placedTo: null }));
  });

  it("keeps its days while another status is looked at, and leaves them out where they are none", async () => {
    const user = userEvent.setup();
    const { backend, router } = openWindow(`/store/${store.key}/orders?status=all&from=2026-11-15&to=soon`, homeShop());
    await waitFor(() => expect(backend.last("open_orders")).toMatchObject({ placedFrom: "2026-11-15", placedTo: null }));
    await user.click(await screen.findByRole("button", { name: /^Shipped/ }));
    await waitFor(() => expect(backend.last("open_orders")).toMatchObject({ statusId: 2, placedFrom: "2026-11-15" }));
    expect(router.state.location.search).toMatchObject({ from: "2026-11-15" });
    expect(router.state.location.search).not.toHaveProperty("to");
  });

  it("of customers and of products names its days, and is widened again", async () => {
    const user = userEvent.setup();
    const { backend, router } = openWindow(`/store/${store.key}/customers?from=2026-11-15`, homeShop());
    expect(await screen.findByText("since Nov 15, 2026")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Remove Registered" }));
    await waitFor(() => expect(backend.last("open_customers")).toMatchObject({ registeredFrom: null }));
    await router.navigate({ to: `/store/${store.key}/products`, search: { show: "all", from: "2026-11-15" } as never });
    await user.click(await screen.findByRole("button", { name: "Remove Changed" }));
    await waitFor(() => expect(backend.last("open_products")).toMatchObject({ modifiedFrom: null }));
  });
});
