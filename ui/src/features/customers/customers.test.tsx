import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { findings } from "../../testing/axe";
import type { Answers } from "../../testing/fakeBackend";
import { appState, customerDetail, customerRow, shop, store, usd } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const list = `/store/${store.key}/customers`;
const customerShop = (change: Partial<Answers> = {}): Answers => ({ ...shop(), ...change }) as Answers;
const nobody = { open_customers: () => ({ view: "none", count: 0, countWithoutSearch: 0 }) };

describe("the customers' list", () => {
  it("shows who they are, how to reach them, and what they ordered", async () => {
    openWindow(list, customerShop());
    const row = (await screen.findByText("Customer 1")).closest('[role="row"]');
    for (const words of ["Example Guides", "customer.1@example.com", "2", "$20.00"]) {
      expect(row).toHaveTextContent(words);
    }
    expect(screen.getByText("All 2 customers are on this computer")).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("says what was spent in every currency, and no zero beside another one", async () => {
    openWindow(
      list,
      customerShop({
        customer_rows: () => ({
          from: 0,
          rows: [
            { ...customerRow(0), spentOtherwise: [{ amount: "5.00", currency: "EUR" }] },
            { ...customerRow(1), spent: usd("0.00"), spentOtherwise: [{ amount: "5.00", currency: "EUR" }] },
          ],
        }),
      }),
    );
    expect(await screen.findByText("$20.00 + €5.00")).toBeVisible();
    expect(screen.getByText("€5.00")).toBeVisible();
  });

  it("is sorted by its columns, and searched from the box above it", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(list, customerShop());
    await screen.findByText("Customer 0");
    await user.click(screen.getByRole("button", { name: "Spent" }));
    await waitFor(() => expect(backend.last("open_customers")).toMatchObject({ sort: "spent", descending: true }));
    await user.type(screen.getByRole("searchbox", { name: "Search customers" }), "guides");
    await waitFor(() => expect(backend.last("open_customers")).toMatchObject({ search: "guides", sort: "spent" }));
  });

  it("leads to the orders when nobody is found", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`${list}?q=maren`, customerShop(nobody));
    expect(await screen.findByText("No customer matches “maren”")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Search the orders" }));
    await waitFor(() => expect(backend.last("open_orders")).toMatchObject({ search: "maren" }));
  });

  it("out of the token's reach says which scope is missing", async () => {
    const missingScopes = [{ scope: "customers", level: "readOnly" }];
    openWindow(list, customerShop({ ...nobody, app_state: () => ({ ...appState, stores: [{ ...store, missingScopes }] }) }));
    expect(await screen.findByRole("button", { name: "Replace the token…" })).toBeVisible();
    expect(screen.getAllByText("This store’s token may not read customers")[0]).toBeVisible();
  });
});

describe("a customer beside the list", () => {
  it("shows addresses, money and notes", async () => {
    openWindow(`${list}?open=17`, customerShop());
    const panel = await screen.findByRole("complementary", { name: "Customer Customer 0" });
    expect(await within(panel).findByText("2 Sample Road")).toBeVisible();
    expect(within(panel).getByText("$5.00")).toBeVisible();
    expect(within(panel).getByText("Pays by invoice.")).toBeVisible();
    expect(within(panel).getByRole("button", { name: "Copy address" })).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("leads to one of their orders, and to all of them", async () => {
    const user = userEvent.setup();
    const { backend, router } = openWindow(`${list}?open=17`, customerShop());
    await user.click(await screen.findByRole("button", { name: /^48218/ }));
    expect(await screen.findByRole("complementary", { name: "Order 48218" })).toBeVisible();
    expect(backend.last("open_orders")).toMatchObject({ customer: "17", search: "" });
    expect(await screen.findByText("Customer 0", { selector: "span" })).toBeVisible();
    router.history.back();
    await user.click(await screen.findByRole("button", { name: "Show 2 orders" }));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ customer: "17" }));
    await user.click(await screen.findByRole("button", { name: "Remove Customer" }));
    await waitFor(() => expect(backend.last("open_orders")).toMatchObject({ customer: null }));
  });

  it("opens their page in the control panel; the sample store has none", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`${list}?open=17`, customerShop());
    await user.click(await screen.findByRole("button", { name: "Open in BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: store.key, page: "customer", id: "17" });
  });

  it("without orders, addresses and notes says so", async () => {
    const row = { ...customerRow(0), orders: 0 };
    openWindow(
      `${list}?open=17`,
      customerShop({ customer: () => ({ ...customerDetail, row, addresses: [], notes: "", newest: [] }) }),
    );
    expect(await screen.findByText("No address saved.")).toBeVisible();
    expect(screen.getByText("No orders on this computer.")).toBeVisible();
    expect(screen.getByRole("button", { name: "No orders" })).toBeDisabled();
    expect(await findings()).toEqual([]);
  });
});
