import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { readKey } from "../ipc";
import { findings } from "../testing/axe";
import { appState, orderDetail, orderRow, plan, shop, store, storeState, usd } from "../testing/shop";
import { openWindow } from "../testing/window";

const orders = `/store/${store.key}/orders`;

describe("the orders' list", () => {
  it("shows the store's orders and what they add up to", async () => {
    openWindow(orders, shop());
    expect(await screen.findByText("48219")).toBeVisible();
    expect(screen.getByText("3 orders, $30.00")).toBeVisible();
    expect(screen.getByRole("button", { name: /All orders/ })).toHaveAttribute("aria-pressed", "true");
    expect(await findings()).toEqual([]);
  });

  it("asks for what its tab says, and remembers the tab", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(orders, shop());
    await screen.findByText("48219");
    await user.click(screen.getByRole("button", { name: /^Shipped/ }));
    await waitFor(() => expect(backend.last("open_orders")).toMatchObject({ statusId: 2, sort: "placed" }));
    await waitFor(() => expect(backend.last("set_layout")).toMatchObject({ store: store.key }));
  });

  it("says what was looked for when nothing is found, and offers the wider search", async () => {
    const answers = shop();
    answers["open_orders"] = () => ({ view: "v2", count: 0, totals: [], countWithoutSearch: 3 });
    openWindow(`${orders}?q=fjell&status=2`, answers);
    expect(await screen.findByText("No order matches “fjell” in Shipped")).toBeVisible();
    expect(screen.getByRole("button", { name: "Clear search" })).toBeVisible();
  });

  it("says why it can't be read", async () => {
    const answers = shop();
    answers["open_orders"] = () => {
      throw { code: "damagedFile", file: "mirror" };
    };
    openWindow(orders, answers);
    expect(await screen.findByText("The copy of the store can’t be read")).toBeVisible();
  });
});

describe("an order", () => {
  it("opens beside the list, line by line", async () => {
    const user = userEvent.setup();
    openWindow(orders, shop());
    await user.click(await screen.findByText("Customer 0"));
    const panel = await screen.findByRole("complementary", { name: "Order 48219" });
    expect(await within(panel).findByText("−$1.00")).toBeVisible();
    expect(within(panel).getByText("7 orders")).toBeVisible();
    expect(within(panel).getByRole("textbox", { name: "Staff notes" })).toHaveValue("Call first");
    expect(await findings()).toEqual([]);
  });

  it("says when what is typed into its notes can't be kept, and no more once it is", async () => {
    const user = userEvent.setup();
    const answers = shop();
    answers["draft_notes"] = () => {
      throw { code: "diskFull" };
    };
    openWindow(`${orders}?open=48219`, answers);
    const panel = await screen.findByRole("complementary", { name: "Order 48219" });
    await user.type(await within(panel).findByRole("textbox", { name: "Staff notes" }), ", then pack");
    const said = "The disk is full: what you typed is not kept as a draft yet. It is tried again by itself.";
    expect(await within(panel).findByText(said)).toBeVisible();
    answers["draft_notes"] = () => null;
    await user.tab();
    await waitFor(() => expect(within(panel).queryByText(said)).toBeNull());
    expect(within(panel).getByRole("textbox", { name: "Staff notes" })).toHaveValue("Call first, then pack");
  });

  it("changes its status by the road of plan, preview and journal", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`${orders}?open=48219`, shop());
    await user.click(await screen.findByRole("button", { name: "Change status…" }));
    await user.click(await screen.findByRole("menuitem", { name: /^Shipped/ }));
    await user.click(await screen.findByRole("button", { name: "Change to Shipped" }));
    expect(backend.last("plan_change")).toEqual({
      store: store.key,
      wanted: { kind: "orders", changes: [{ order: "48219", statusId: 2, staffNotes: null }] },
    });
    expect(backend.last("apply")).toEqual({ plan: "p1", digest: "d1", confirmed: true, confirmedTwice: false });
    expect(await screen.findByRole("status", { name: "Last change" })).toHaveTextContent(/48219 to Shipped.*Done.*Undo/);
  });

  it("is left as it is when the preview is closed", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`${orders}?open=48219`, shop());
    await user.click(await screen.findByRole("button", { name: "Change status…" }));
    await user.click(await screen.findByRole("menuitem", { name: /^Shipped/ }));
    await screen.findByRole("button", { name: "Change to Shipped" });
    await user.keyboard("{Escape}");
    expect(backend.times("apply")).toBe(0);
    expect(backend.last("discard_plan")).toEqual({ plan: "p1" });
  });

  it("goes at once where the safety mode asks nothing, and offers the way back", async () => {
    const user = userEvent.setup();
    const answers = shop();
    answers["plan_change"] = () => ({ ...plan, mustConfirm: false });
    const { backend } = openWindow(`${orders}?open=48219`, answers);
    await user.click(await screen.findByRole("button", { name: "Change status…" }));
    await user.click(await screen.findByRole("menuitem", { name: /^Shipped/ }));
    await user.click(await screen.findByRole("button", { name: "Undo…" }));
    expect(backend.last("apply")).toMatchObject({ confirmed: false });
    expect(backend.last("plan_undo")).toEqual({ store: store.key, entries: ["e1"] });
    expect(await screen.findByRole("dialog", { name: "Undo a change of order 48219" })).toBeVisible();
  });

  it("shows the preview's failure in the preview, and sends nothing twice", async () => {
    const user = userEvent.setup();
    const answers = shop();
    answers["apply"] = () => {
      throw { code: "planGone" };
    };
    const { backend } = openWindow(`${orders}?open=48219`, answers);
    await user.click(await screen.findByRole("button", { name: "Change status…" }));
    await user.click(await screen.findByRole("menuitem", { name: /^Shipped/ }));
    await user.click(await screen.findByRole("button", { name: "Change to Shipped" }));
    expect(await screen.findByText("This preview is out of date")).toBeVisible();
    expect(backend.times("apply")).toBe(1);
  });

  it("of a read-only store says why nothing can be changed", async () => {
    const answers = shop();
    answers["app_state"] = () => ({ ...appState, stores: [{ ...store, safety: "readOnly" }] });
    openWindow(`${orders}?open=48219`, answers);
    const button = await screen.findByRole("button", { name: "Change status…" });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription("This store is read-only here.");
  });

  it("keeps a note as a draft while it is typed, and marks what it was", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`${orders}?open=48219`, shop());
    const notes = await screen.findByRole("textbox", { name: "Staff notes" });
    await user.type(notes, " thing");
    expect(screen.getByRole("button", { name: "Undo, was Call first" })).toBeVisible();
    await user.tab();
    expect(backend.last("draft_notes")).toEqual({ store: store.key, order: "48219", text: "Call first thing" });
    await user.click(screen.getByRole("button", { name: "Undo, was Call first" }));
    expect(backend.last("draft_notes")).toEqual({ store: store.key, order: "48219", text: null });
    expect(notes).toHaveValue("Call first");
  });

  it("finds a draft that was typed before", async () => {
    const answers = shop();
    answers["order"] = () => ({ ...orderDetail, draftStaffNotes: "Half a sent" });
    openWindow(`${orders}?open=48219`, answers);
    expect(await screen.findByRole("textbox", { name: "Staff notes" })).toHaveValue("Half a sent");
    expect(screen.getByRole("button", { name: "Save note…" })).toBeEnabled();
  });
});

describe("many orders", () => {
  it("are ticked, summed and changed together", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(orders, shop());
    await user.click(await screen.findByRole("checkbox", { name: "Select order 48219" }));
    await user.click(screen.getByRole("checkbox", { name: "Select order 48218" }));
    const bar = screen.getByRole("region", { name: "Ticked orders" });
    expect(within(bar).getByText("2 of 3 orders")).toBeVisible();
    expect(within(bar).getByText("$20.00")).toBeVisible();
    await user.click(within(bar).getByRole("button", { name: "Change status…" }));
    await user.click(await screen.findByRole("menuitem", { name: /^Shipped/ }));
    await waitFor(() =>
      expect(backend.last("plan_change")).toMatchObject({
        wanted: { kind: "orders", changes: [{ order: "48219" }, { order: "48218" }] },
      }),
    );
  });
});

/** A list too long to be held, of which what lies beyond its first rows can't be read. */
function broken() {
  const answers = shop();
  const all = Array.from({ length: 220 }, (_, place) => orderRow(place));
  let fails = true;
  answers["open_orders"] = () => ({ view: "v1", count: all.length, totals: [], countWithoutSearch: all.length });
  answers["order_rows"] = ({ from, to }: { from: number; to: number }) => {
    if (fails && to === all.length) throw { code: "damagedFile", file: "mirror" };
    return { from, rows: all.slice(from, to) };
  };
  return { answers, all, mend: () => (fails = false) };
}

describe("ticking all orders", () => {
  it("says so when it fails, ticks none of them, and can be tried again", async () => {
    const user = userEvent.setup();
    const { answers, all, mend } = broken();
    openWindow(orders, answers);
    await screen.findByText("48219");
    await user.click(screen.getByRole("checkbox", { name: "Select all" }));

    const notice = await screen.findByRole("alert");
    expect(notice).toHaveTextContent("The selection is as it was: not all rows could be read");
    expect(notice).toHaveTextContent("The copy of the store can’t be read");
    expect(screen.queryByRole("region", { name: "Ticked orders" })).toBeNull();

    mend();
    await user.click(within(notice).getByRole("button", { name: "Try again" }));
    const bar = await screen.findByRole("region", { name: "Ticked orders" });
    expect(within(bar).getByText(`${all.length} of ${all.length} orders`)).toBeVisible();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("keeps what was ticked before, and forgets the failure with it", async () => {
    const user = userEvent.setup();
    const { answers } = broken();
    openWindow(orders, answers);
    await user.click(await screen.findByRole("checkbox", { name: "Select order 48219" }));
    document.querySelector<HTMLElement>("[data-index='0']")?.focus();
    await user.keyboard("{Control>}a{/Control}");
    await screen.findByRole("alert");
    const bar = screen.getByRole("region", { name: "Ticked orders" });
    expect(within(bar).getByText("1 of 220 orders")).toBeVisible();
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.queryByRole("region", { name: "Ticked orders" })).toBeNull();
  });
});

describe("the frame", () => {
  it("says that a damaged copy is pulled again", async () => {
    const answers = shop();
    answers["store_state"] = () => ({ ...storeState, phase: "firstPull", pulledAgain: true });
    const { backend } = openWindow(orders, answers);
    expect(await screen.findByText("The copy of this store was damaged.")).toBeVisible();
    backend.tell({ kind: "state", state: storeState });
    await waitFor(() => expect(screen.queryByText("The copy of this store was damaged.")).toBeNull());
  });

  it("follows what the backend tells", async () => {
    const { backend } = openWindow(orders, shop());
    await screen.findByText("48219");
    backend.tell({ kind: "state", state: { ...storeState, phase: "firstPull", orders: 250, ordersInStore: 500, secondsLeft: 9 } });
    expect(await screen.findByRole("button", { name: /Pulling orders 250 of 500, about 9 seconds left/ })).toBeVisible();
    const before = backend.times("open_orders");
    backend.tell({ kind: "stale", store: store.key, tags: ["orders"] });
    await waitFor(() => expect(backend.times("open_orders")).toBe(before + 1));
  });

  it("says all there is to say about a store, and asks it when told to", async () => {
    const user = userEvent.setup();
    const answers = shop();
    answers["store_state"] = () => ({
      ...storeState,
      changesToLookAt: 2,
      unreadable: [{ area: "orders", id: "48001", path: "$.total_tax", reason: "not a number" }],
    });
    const { backend, router } = openWindow(orders, answers);
    await user.click(await screen.findByRole("button", { name: /^Up to date, .*431 of 450 requests left$/ }));
    const details = await screen.findByRole("dialog", { name: "How the store is doing" });
    expect(details).toHaveTextContent("Mon, Nov 16, 2026, 2:22 PM");
    expect(details).toHaveTextContent("431 of 450 every 30 seconds");
    expect(details).toHaveTextContent(/Order 48001 total_tax(?!:)/);
    expect(await findings()).toEqual([]);
    // Its keys work as well, though letters are silent while it is open.
    await user.keyboard("ga");
    expect(router.state.location.pathname).toBe(orders);
    await user.keyboard("{Control>}r{/Control}");
    await waitFor(() => expect(backend.times("refresh")).toBe(1));
    await user.click(within(details).getByRole("button", { name: "Refresh now" }));
    await waitFor(() => expect(backend.times("refresh")).toBe(2));
    await user.click(within(details).getByRole("button", { name: "2 to look at" }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/activity`));
    expect(router.state.location.search).toEqual({ filter: "toLookAt" });
  });

  it.each([
    [0, /for all apps togetherOn this computer/],
    [1, /for all apps together 1 request waits for its turnOn this computer/],
    [3, /for all apps together 3 requests wait for their turnOn this computer/],
  ])("says beside the requests that are left that %i stand in line", async (inLine, words) => {
    const user = userEvent.setup();
    openWindow(orders, { ...shop(), store_state: () => ({ ...storeState, inLine }) });
    await user.click(await screen.findByRole("button", { name: /^Up to date, .*requests left$/ }));
    expect(await screen.findByRole("dialog", { name: "How the store is doing" })).toHaveTextContent(words);
  });

  it("has the line as it is while it is looked at", async () => {
    const user = userEvent.setup();
    const { client } = openWindow(orders, shop());
    const asking = () => client.getQueryCache().find({ queryKey: readKey("storeState", { store: store.key }) });
    const often = () => asking()?.observers.map(({ options }) => options.refetchInterval).filter(Boolean);
    await user.click(await screen.findByRole("button", { name: /^Up to date, .*requests left$/ }));
    await screen.findByRole("dialog", { name: "How the store is doing" });
    expect(often()).toHaveLength(1);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(often()).toHaveLength(0));
  });

  it.each([
    [{ waiting: { seconds: 12, because: "quotaUsedUp" } }, /^Other apps are using this store’s quota, goes on in 1\d s$/],
    [{ waiting: { seconds: 12, because: "storeAsked" } }, /^The store asked us to wait, goes on in 1\d s$/],
    [{ waiting: { seconds: 12, because: "backingOff" } }, /^No answer, trying again in 1\d s$/],
    [{ phase: "refreshing" }, /^Asking for what changed/],
    [{ trouble: { code: "network", host: "api.example", kind: "refused" } }, /^Offline, as of/],
    [{ token: "locked" }, /^Keychain locked/],
    [{ refreshedAt: null }, /^not pulled yet/],
    [{ quota: null }, /^Up to date, [^,]*$/],
  ])("has few words for %o", async (state, name) => {
    const answers = shop();
    answers["store_state"] = () => ({ ...storeState, ...state });
    openWindow(orders, answers);
    expect(await screen.findByRole("button", { name })).toBeVisible();
  });

  it.each([
    [1, "1 new order"],
    [3, "3 new orders"],
  ])("has the system say that %i came in", async (count, title) => {
    const { backend } = openWindow(orders, shop());
    await screen.findByText("48219");
    backend.tell({ kind: "newOrders", store: store.key, count });
    await waitFor(() =>
      expect(backend.last("announce_orders")).toEqual({ store: store.key, title, press: "Show orders" }),
    );
  });

  it("shows a store's newest orders when their announcement was pressed", async () => {
    const { backend, router } = openWindow(`/store/${store.key}/settings`, shop());
    await screen.findByRole("main", { name: "Settings" });
    backend.tell({ kind: "showOrders", store: store.key });
    expect(await screen.findByText("48219")).toBeVisible();
    expect(router.state.location.pathname).toBe(orders);
    expect(backend.last("open_orders")).toMatchObject({ statusId: null, sort: "placed", descending: true });
  });

  it("names a locked keychain and the one next step, while orders stay readable", async () => {
    const answers = shop();
    answers["store_state"] = () => ({ ...storeState, token: "locked" });
    openWindow(orders, answers);
    expect(await screen.findByRole("button", { name: "Unlock GNOME Keyring…" })).toBeVisible();
    expect(screen.getByText("The keychain is locked.")).toBeVisible();
    expect(await screen.findByText("48219")).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it.each([
    ["missing", { code: "keychainAmbiguous" }, /^The keychain holds two tokens/],
    ["locked", { code: "keychainRefused" }, /^The keychain stayed closed/],
    ["missing", { code: "keychainNoEntry" }, /^The access token is missing/],
  ] as const)("says what the keychain said of a token that is %s: %o", async (token, trouble, said) => {
    const answers = shop();
    answers["store_state"] = () => ({ ...storeState, token, trouble });
    openWindow(orders, answers);
    expect(await screen.findByText(said)).toBeVisible();
  });

  it("says of a store that did not answer in time just that, and of which host, while its orders stay readable", async () => {
    const trouble = { code: "network", trouble: "timedOut", host: "api.bigcommerce.com" } as const;
    const { backend } = openWindow(orders, { ...shop(), store_state: () => ({ ...storeState, trouble }) });
    const words = await screen.findByText("No answer in time.");
    const banner = words.closest<HTMLElement>("[role=status]")!;
    expect(banner).toHaveTextContent("No answer in time. api.bigcommerce.com was reached but didn’t answer.");
    expect(await screen.findByText("48219")).toBeVisible();
    await userEvent.click(within(banner).getByRole("button", { name: "Try again" }));
    expect(backend.times("refresh")).toBe(1);
  });

  it("says of a store of another address how to go on, while its orders stay readable", async () => {
    openWindow(orders, { ...shop(), app_state: () => ({ ...appState, stores: [{ ...store, mayConnect: false }] }) });
    const words = await screen.findByText("This store can only be read for now.");
    expect(words.closest("[role=status]")).toHaveTextContent(/quit Stockroom and start it as usual/);
    expect(await screen.findByText("48219")).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it.each([
    ["data[3].date_created", /^The field data\[3\]\.date_created is not as/],
    ["$", /^Something other than the store answered\.$/],
  ])("offers a report of an answer that is odd at %s, while orders stay readable", async (path, said) => {
    const answers = shop();
    answers["store_state"] = () => ({ ...storeState, trouble: { code: "unexpectedAnswer", path } });
    const user = userEvent.setup();
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    const { backend } = openWindow(orders, answers);
    expect(await screen.findByText(said)).toBeVisible();
    expect(await screen.findByText("48219")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy a report" }));
    const report = `Stockroom ${appState.version}, refreshing a store: unexpectedAnswer at ${path}`;
    expect(written).toHaveBeenLastCalledWith(report);
    expect(await screen.findByRole("button", { name: "Copied" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(backend.times("refresh")).toBe(1));
    expect(await findings()).toEqual([]);

    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "copy a report");
    await user.click(await screen.findByRole("option", { name: /^Copy a report/ }));
    expect(await screen.findByText("The report was copied. It holds no secret.")).toBeVisible();
    expect(written).toHaveBeenCalledTimes(2);
  });

  it.each([
    [{ code: "homeHeld", process: "4711" }, "Stockroom is already open"],
    [{ code: "homeUnusable", trouble: "forbidden", message: "permission denied" }, "Stockroom’s folder can’t be used"],
    [{ code: "damagedFile", file: "desk" }, "Your own settings can’t be read"],
    [{ code: "newerFiles" }, "A newer Stockroom has been here"],
    [{ code: "diskFull" }, "The disk is full"],
  ] as const)("says instead of its first frame why it can't begin: %o", async (error, words) => {
    openWindow("/", {
      ...shop(),
      app_state: () => {
        throw error;
      },
    });
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getByRole("main")).toBeVisible();
    expect(screen.getByRole("alert")).toHaveTextContent(words);
    expect(await findings()).toEqual([]);
  });

  it("opens its commands with Ctrl and K, and does one", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(orders, shop());
    await screen.findByText("48219");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "refresh");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.times("refresh")).toBe(1));
  });
});

describe("activity", () => {
  it("lists changes, and shows how one went", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`/store/${store.key}/activity`, shop());
    await user.click(await screen.findByText("Status of order 48219"));
    const panel = await screen.findByRole("complementary", { name: "Change of order 48219" });
    expect(await within(panel).findByText("Store says done")).toBeVisible();
    expect(await findings()).toEqual([]);
    await user.click(within(panel).getByRole("button", { name: "Undo…" }));
    expect(await screen.findByRole("button", { name: "Put back to Shipped" })).toBeVisible();
    expect(backend.last("plan_undo")).toEqual({ store: store.key, entries: ["e1"] });
  });
});

it("adds sums up per currency", async () => {
  const answers = shop();
  answers["open_orders"] = () => ({
    view: "v1",
    count: 3,
    totals: [usd("30.00"), { amount: "5.00", currency: "EUR" }],
    countWithoutSearch: 3,
  });
  openWindow(orders, answers);
  expect(await screen.findByText("3 orders, $30.00 + €5.00")).toBeVisible();
});
