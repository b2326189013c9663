import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { OrderDetail, OrderPartsDto } from "../../ipc/bindings";
import { findings } from "../../testing/axe";
import type { Answers } from "../../testing/fakeBackend";
import { activityRow, appState, job, orderDetail, orderParts, shop, store, usd } from "../../testing/shop";
import { openWindow } from "../../testing/window";
import { isToBeAsked, restFor } from "./useOrderParts";

const order = `/store/${store.key}/orders?open=48219`;

function withParts(parts: Partial<OrderPartsDto> | null, change: Partial<OrderDetail> = {}): Answers {
  const answers = shop();
  answers["order"] = () => ({
    ...orderDetail,
    ...change,
    parts: parts === null ? null : { ...orderParts, readAt: new Date().toISOString(), ...parts },
  });
  return answers;
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 500));
const panel = () => screen.findByRole("complementary", { name: "Order 48219" });
const line = orderParts.lines[0]!;

describe("what belongs to an order", () => {
  it("is shown item by item: what was chosen, what went out, what is still to ship", async () => {
    openWindow(order, withParts({}));
    const inside = within(await panel());
    expect(await inside.findByRole("button", { name: "Product 0" })).toBeVisible();
    expect(inside.getByText("M · P-0-M")).toBeVisible();
    expect(inside.getByText("2 to ship")).toBeVisible();
    expect(inside.getByText("1 shipped")).toBeVisible();
    expect(inside.getByText("3 × $3.00")).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it.each([
    [{ shipped: "3" }, 11, ["all shipped"], ["to ship"]],
    [{ refunded: "2" }, 3, ["2 refunded"], ["to ship"]],
    [{ shipped: "0", refunded: "0.5" }, 11, ["2.5 to ship", "0.5 refunded"], ["shipped"]],
    [{ shipped: "0" }, 5, [], ["to ship"]],
  ])("counts pieces: %o", async (change, statusId, has, hasNot) => {
    openWindow(order, withParts({ lines: [{ ...line, ...change }] }, { statusId }));
    const inside = await panel();
    await within(inside).findByText("M · P-0-M");
    for (const words of has) expect(within(inside).getByText(words)).toBeVisible();
    for (const words of hasNot) expect(within(inside).queryByText(new RegExp(`^\\d* ?${words}$`))).toBeNull();
  });

  it("says in its head and above its lines how many pieces it has, of however many lines", async () => {
    const lines = [line, { ...line, id: "2", name: "Product 1", quantity: "1", shipped: "0" }];
    openWindow(order, withParts({ lines }, { itemCount: 4 }));
    const inside = await panel();
    await within(inside).findByText("Product 1");
    expect(inside).toHaveTextContent("4 items");
    const title = within(inside).getByRole("heading", { name: "Items" });
    expect(title.parentElement).toHaveTextContent(/^Items ?4$/);
  });

  it("has totals that name coupons, taxes and refunds, as long as these add up", async () => {
    const refunds = [{ createdAt: "2026-11-10T10:00:00Z", reason: "Torn seam", amount: usd("3.00") }];
    openWindow(order, withParts({ refunds }));
    const totals = within(await screen.findByLabelText("Totals"));
    expect(await totals.findByText("Coupon TRAIL10")).toBeVisible();
    expect(totals.getByText("−$1.00")).toBeVisible();
    expect(totals.getByText("WA, 8.8%")).toBeVisible();
    expect(totals.getByText(/^Refunded .*, Torn seam$/)).toBeVisible();
    expect(totals.getByText("−$3.00")).toBeVisible();
  });

  it("gives handling, wrapping, fees and what was paid otherwise a line each", async () => {
    const extra = {
      handling: usd("5.00"),
      wrapping: usd("-5.00"),
      other: usd("1.25"),
      storeCredit: usd("2.00"),
      giftCertificates: usd("3.00"),
    };
    openWindow(order, withParts({}, extra));
    const totals = within(await screen.findByLabelText("Totals"));
    for (const [name, amount] of [
      ["Handling", "$5.00"],
      ["Gift wrapping", "−$5.00"],
      ["Fees and other", "$1.25"],
      ["Paid with store credit", "$2.00"],
      ["Paid with gift certificates", "$3.00"],
    ]) {
      expect((await totals.findByText(name!)).nextElementSibling).toHaveTextContent(amount!);
    }
  });

  it("says nothing of handling where the copy is older than that was read", async () => {
    openWindow(order, withParts({}, { handling: null, wrapping: null, other: usd("4.00"), storeCredit: null, giftCertificates: null }));
    const totals = within(await screen.findByLabelText("Totals"));
    expect((await totals.findByText("Fees and other")).nextElementSibling).toHaveTextContent("$4.00");
    expect(totals.queryByText("Handling")).toBeNull();
  });

  it("falls back to the store's own sums where coupons or taxes don't add up", async () => {
    openWindow(
      order,
      withParts({
        coupons: [{ code: "TRAIL10", discount: usd("7.00") }],
        taxes: [{ name: "WA", rate: "8.8", amount: usd("0.40") }],
      }),
    );
    const totals = within(await screen.findByLabelText("Totals"));
    expect(await totals.findByText("Discounts and coupons")).toBeVisible();
    expect(totals.getByText("Tax")).toBeVisible();
    expect(totals.queryByText("Coupon TRAIL10")).toBeNull();
  });

  it("says where it goes and what has gone out; a parcel is followed where the store says how", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(order, withParts({}));
    const inside = within(await panel());
    expect(await inside.findByText("Maren Example")).toBeVisible();
    expect(inside.getByText("Ground, $1.50")).toBeVisible();
    expect(inside.getByText("1Z84R")).toBeVisible();
    expect(inside.getByText("1 × Product 0")).toBeVisible();
    expect(inside.getByRole("button", { name: "Copy tracking number" })).toBeVisible();
    await user.click(inside.getByRole("button", { name: "Follow the parcel" }));
    expect(backend.last("open_page")).toEqual({ store: store.key, page: "parcel", id: "48219", shipment: "9" });
  });

  it("is only copied where the store names no page to follow it", async () => {
    openWindow(order, withParts({ shipments: [{ ...orderParts.shipments[0]!, canFollow: false }] }));
    const inside = within(await panel());
    expect(await inside.findByText("1Z84R")).toBeVisible();
    expect(inside.queryByRole("button", { name: "Follow the parcel" })).toBeNull();
  });

  it("is asked for when an order is opened, and shown as it is here meanwhile", async () => {
    const { backend } = openWindow(order, withParts({ readAt: "2026-01-01T00:00:00Z" }));
    const inside = within(await panel());
    expect(await inside.findByText("M · P-0-M")).toBeVisible();
    await waitFor(() => expect(backend.last("refresh_order")).toEqual({ store: store.key, order: "48219" }));
  });

  it("is not asked for again if it was a moment ago, nor of a store that opens offline", () => {
    const justPlaced = { modifiedAt: "2026-11-16T14:22:00Z", parts: orderParts };
    const now = new Date("2026-11-16T14:30:30Z");
    expect(isToBeAsked(justPlaced, true, now)).toBe(false);
    expect(isToBeAsked(justPlaced, true, new Date("2026-11-16T14:31:00Z"))).toBe(true);
    expect(isToBeAsked({ ...justPlaced, parts: null }, true, now)).toBe(true);
    expect(isToBeAsked({ ...justPlaced, parts: null }, false, now)).toBe(false);
    // Long left alone by everybody, it is looked at again less often.
    const old = { ...justPlaced, modifiedAt: "2026-11-16T12:30:00Z" };
    expect(isToBeAsked(old, true, new Date("2026-11-16T14:44:59Z"))).toBe(false);
    expect(isToBeAsked(old, true, new Date("2026-11-16T14:45:00Z"))).toBe(true);
  });

  it("is asked for by those who rest on an order, and never of more than six in 15 seconds", () => {
    expect(restFor([], 100_000)).toBe(350);
    expect(restFor([90_000, 91_000, 92_000, 93_000, 94_000], 100_000)).toBe(350);
    expect(restFor([95_000, 90_000, 94_000, 92_000, 93_000, 91_000], 100_000)).toBe(5_000);
    expect(restFor([10_000, 90_000, 91_000, 92_000, 93_000, 94_000], 100_000)).toBe(350);
  });

  it("is asked for one order at a time: of those stepped past meanwhile, not at all", async () => {
    const user = userEvent.setup();
    const answers = withParts(null);
    answers["order"] = ({ order: id }: { order: string }) => ({ ...orderDetail, id, parts: null });
    const told: (() => void)[] = [];
    answers["refresh_order"] = () => new Promise((resolve) => told.push(() => resolve(null)));
    const { backend } = openWindow(order, answers);
    await waitFor(() => expect(backend.times("refresh_order")).toBe(1));
    // On to the third, while the store still thinks about the first. Each rests longer than it takes to be asked for.
    for (const id of ["48218", "48217"]) {
      await user.click(screen.getByRole("button", { name: "Next order" }));
      await screen.findByRole("complementary", { name: `Order ${id}` });
      await rest();
    }
    expect(backend.times("refresh_order")).toBe(1);
    expect(screen.getByText("Asking the store for items, addresses and shipments")).toBeVisible();
    told[0]!();
    await waitFor(() => expect(backend.times("refresh_order")).toBe(2));
    expect(backend.last("refresh_order")).toEqual({ store: store.key, order: "48217" });
  });

  it("that could not be asked for says why, and asks again", async () => {
    const user = userEvent.setup();
    const answers = withParts(null);
    answers["refresh_order"] = () => {
      throw { code: "network", trouble: "dns", host: "api.example.com" };
    };
    const { backend } = openWindow(order, answers);
    expect(await screen.findByText("Items, addresses and shipments could not be asked for")).toBeVisible();
    expect(screen.getByText("$10.00", { selector: "dd" })).toBeVisible();
    const before = backend.times("refresh_order");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(backend.times("refresh_order")).toBe(before + 1));
  });

  it("that only starting over brings is not asked for again in vain", async () => {
    const answers = withParts(null);
    answers["refresh_order"] = () => {
      throw { code: "sampleOutdated" };
    };
    openWindow(order, answers);
    expect(await screen.findByText("Items, addresses and shipments could not be asked for")).toBeVisible();
    expect(screen.getByText("The sample store here is of an earlier version.")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  });

  it("names parts that could not be read", async () => {
    openWindow(order, withParts({ unreadable: ["shipments", "taxes"], unreadableDetails: "shipments: 403" }));
    expect(await screen.findByText("Could not be read: shipments, taxes")).toBeVisible();
    expect(screen.queryByText(/403/)).toBeNull();
    expect(screen.getByRole("button", { name: "Copy for a report" })).toBeVisible();
  });

  it("leads to the customer, to their orders, and to the product", async () => {
    const user = userEvent.setup();
    const { backend, router } = openWindow(order, withParts({}));
    await user.click(await screen.findByRole("button", { name: "7 orders" }));
    await waitFor(() => expect(backend.last("open_orders")).toMatchObject({ customer: "17" }));
    await user.click(within(await panel()).getByRole("button", { name: "Product 0" }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/products`));
    expect(await screen.findByRole("complementary", { name: "Product Product 0" })).toBeVisible();
    router.history.back();
    await user.click(await within(await panel()).findByRole("button", { name: "Customer 0" }));
    expect(await screen.findByRole("complementary", { name: "Customer Customer 0" })).toBeVisible();
  });
});

const lines = async () => {
  const title = await within(await panel()).findByRole("heading", { name: "History" });
  return within(title.closest("section")!).getAllByRole("listitem");
};

describe("an order's history", () => {
  const notes = {
    ...activityRow,
    entry: "e2",
    job: "j2",
    at: "2026-11-18T10:00:00Z",
    canUndo: false,
    state: "refused" as const,
    fields: [
      { field: "staffNotes" as const, before: { kind: "text" as const, text: "Call first" }, after: { kind: "text" as const, text: "Shell first" } },
    ],
  };
  const status = { ...activityRow, at: "2026-11-17T08:44:00Z" };
  const refunds = [{ createdAt: "2026-11-17T12:00:00Z", reason: "Torn seam", amount: usd("3.00") }];

  it("tells what was changed here and what the store knows, the newest first", async () => {
    const answers = withParts({ refunds }, { history: [notes, status] });
    answers["job"] = ({ job: id }: { job: string }) => ({ ...job, job: id, size: id === "j1" ? 12 : 1 });
    openWindow(order, answers);
    await waitFor(async () => expect((await lines())[3]).toHaveTextContent("you, 12 together"));
    const told = (await lines()).map((line) => line.textContent);
    expect(told).toEqual([
      expect.stringMatching(/Staff notes: “Shell first”you.*was “Call first”.*Refused/),
      expect.stringMatching(/Refunded \$3\.00, Torn seam.*the store/),
      expect.stringMatching(/Shipped, 1 piece, Ground, UPS.*the store/),
      expect.stringMatching(/Awaiting Fulfillment → Shippedyou, 12 together/),
      expect.stringMatching(/Order placed.*Storefront/),
    ]);
    expect(await findings()).toEqual([]);
  });

  it("says that an order went out also where its parcels are not known", async () => {
    openWindow(order, withParts({ shipments: [] }, { history: [], shippedAt: "2026-11-17T09:05:00Z" }));
    await waitFor(async () => expect((await lines())[0]).toHaveTextContent(/Shipped.*the store/));
  });

  it("does not tell twice what a change from here made the store write down", async () => {
    const shippedAt = "2026-11-17T08:44:02Z";
    const here = { ...status, stateAt: "2026-11-17T08:44:01Z" };
    openWindow(order, withParts({ shipments: [] }, { history: [here], shippedAt }));
    await waitFor(async () => expect(await lines()).toHaveLength(2));
    expect((await lines())[0]).toHaveTextContent("Awaiting Fulfillment → Shipped");
  });

  it("puts back what can be put back, and leads to all that is known of a change", async () => {
    const user = userEvent.setup();
    const { backend, router } = openWindow(order, withParts({}, { history: [notes, status] }));
    const undo = await within(await panel()).findAllByRole("button", { name: /^Undo/ });
    expect(undo).toHaveLength(1);
    expect(undo[0]).toHaveAccessibleName("Undo… Awaiting Fulfillment → Shipped");
    await user.click(undo[0]!);
    await waitFor(() => expect(backend.last("plan_undo")).toEqual({ store: store.key, entries: ["e1"] }));
    await screen.findByRole("dialog");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(await within(await panel()).findByRole("button", { name: "Staff notes: “Shell first”" }));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ open: "e2" }));
  });

  it("offers no undo for a store that is read-only here", async () => {
    const answers = withParts({}, { history: [status] });
    answers["app_state"] = () => ({ ...appState, stores: [{ ...store, safety: "readOnly" }] });
    openWindow(order, answers);
    expect(await lines()).not.toHaveLength(0);
    expect(within(await panel()).queryByRole("button", { name: /^Undo/ })).toBeNull();
  });
});
