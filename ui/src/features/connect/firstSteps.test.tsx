import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Store } from "../../ipc";
import { findings } from "../../testing/axe";
import { attempt, firstStart, handed, hash, madeUpToken, panelAddress } from "../../testing/connecting";
import { store, storeState } from "../../testing/shop";
import { openWindow } from "../../testing/window";
import { heading, open, pasteAndEnter, toScopes } from "../../testing/wizard";

describe("which store", () => {
  it("says which hash it read, and where", async () => {
    const { user } = open();
    await user.click(await screen.findByLabelText("Address, API path or store hash"));
    await user.paste(panelAddress);
    expect(await screen.findByText(`Store hash ${hash}`)).toBeVisible();
    expect(screen.getByText("Found in the control-panel address.")).toBeVisible();
  });

  it("says that a shop's own address holds no hash, and stays", async () => {
    const { user } = open();
    const field = await screen.findByLabelText("Address, API path or store hash");
    await user.type(field, "shop.example.com{Enter}");
    expect(await screen.findByText("shop.example.com holds no store hash")).toBeVisible();
    expect(field).toBeInvalid();
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Which store?");
  });

  it("clears a secret that was pasted in place of an address", async () => {
    const { user } = open();
    const field = await screen.findByLabelText("Address, API path or store hash");
    await user.click(field);
    await user.paste(madeUpToken);
    expect(await screen.findByText("That looks like a secret, not like an address")).toBeVisible();
    await waitFor(() => expect(field).toHaveValue(""));
    expect(document.body.innerHTML).not.toContain(madeUpToken);
  });

  it("goes back where one came from with Esc, and asks nothing if nothing was entered", async () => {
    const { user, router } = open({}, "/welcome");
    await screen.findByRole("button", { name: "Connect your store" });
    await user.keyboard("1");
    await heading("Which store?");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/welcome"));
  });

  it("asks before what was entered is forgotten", async () => {
    const { user } = open();
    await user.type(await screen.findByLabelText("Address, API path or store hash"), "store-");
    await user.keyboard("{Escape}");
    const question = await screen.findByRole("alertdialog");
    expect(question).toHaveTextContent("Leave without connecting?");
    await user.click(within(question).getByRole("button", { name: "Keep going" }));
    expect(screen.getByLabelText("Address, API path or store hash")).toHaveValue("store-");
  });
});

describe("the environment", () => {
  const named = { hash: "0therst0re", last4: "zzzz" };
  const beside = (stores: Partial<Store>[]) =>
    open(firstStart({ stores: stores.map((one) => ({ ...store, ...one })), current: store.key, environment: named }));

  it("is offered for a second store, too, and used only when asked", async () => {
    const taken = { ...attempt, hash: named.hash, preset: "everything" as const };
    const user = userEvent.setup();
    const { backend } = openWindow("/connect", {
      ...firstStart({ stores: [store], current: store.key, environment: named }),
      connect_environment: () => taken,
    });
    const offer = await screen.findByRole("region", { name: "From this computer’s environment" });
    expect(offer).toHaveTextContent("names a store, 0therst0re");
    expect(backend.times("connect_environment")).toBe(0);
    await user.click(within(offer).getByRole("button", { name: "Use it" }));
    await heading("Check");
    expect(backend.last("connect_check")).toEqual({ attempt: taken.attempt });
    // Left without saving, the backend forgets it.
    await user.keyboard("{Escape}");
    expect(await screen.findByText(/The token.*is held in memory/)).toBeVisible();
  });

  it("is not offered where its token is in use already", async () => {
    const { backend } = beside([{ hash: named.hash, tokenLast4: named.last4 }]);
    await heading("Which store?");
    await waitFor(() => expect(backend.times("store_state")).toBeGreaterThan(0));
    expect(screen.queryByRole("region", { name: "From this computer’s environment" })).toBeNull();
  });

  it.each(["missing", "noKeychain"] as const)("is offered again where that token is lost: %s", async (token) => {
    open({
      ...firstStart({
        stores: [{ ...store, hash: named.hash, tokenLast4: named.last4 }],
        current: store.key,
        environment: named,
      }),
      store_state: () => ({ ...storeState, token }),
    });
    await heading("Which store?");
    expect(await screen.findByRole("region", { name: "From this computer’s environment" })).toBeVisible();
  });

  it("is offered where the credentials are handed over, if it is the store that is meant", async () => {
    const taken = { ...attempt, connectedAs: store.key };
    const chosen = { ...taken, attempt: "a2" };
    const stores = [{ ...store, hash, tokenLast4: "f3a9" }];
    const user = userEvent.setup();
    const { backend } = openWindow(`/connect?store=${store.key}`, {
      ...firstStart({ stores, current: store.key, environment: { hash, last4: "f3a9" } }),
      store_state: () => ({ ...storeState, token: "missing" }),
      connect_environment: () => taken,
      connect_begin: () => ({ ...handed, attempt: chosen }),
    });
    await heading("Hand over the credentials");
    const offer = await screen.findByRole("region", { name: "From this computer’s environment" });
    expect(await findings()).toEqual([]);
    await user.type(screen.getByLabelText("Store hash"), "x");
    expect(screen.queryByRole("region", { name: "From this computer’s environment" })).toBeNull();
    await user.keyboard("{Backspace}");
    expect(offer).not.toBeInTheDocument();
    await user.click(await screen.findByRole("button", { name: "Use it" }));
    await heading("Check");
    expect(backend.last("connect_check")).toEqual({ attempt: chosen.attempt });
  });

  it("is taken for what was chosen before, if anything was", async () => {
    const taken = { ...attempt, preset: "everything" as const };
    const lookOnly = { ...attempt, attempt: "a2", preset: "lookOnly" as const, storefront: true };
    const user = userEvent.setup();
    const { backend } = openWindow("/connect", {
      ...firstStart({ environment: { hash, last4: "f3a9" } }),
      connect_environment: () => taken,
      connect_begin: () => ({ ...handed, attempt: lookOnly }),
    });
    await toScopes(user);
    await user.click(await screen.findByRole("radio", { name: /^Look only/ }));
    await user.click(screen.getByRole("checkbox", { name: "Also make tokens for the storefront" }));
    await user.keyboard("{Enter}");
    await heading("Hand over the credentials");
    await user.click(await screen.findByRole("button", { name: "Use it" }));
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({
      address: hash,
      preset: "lookOnly",
      storefront: true,
      from: { kind: "again" },
    });
    expect(backend.last("connect_check")).toEqual({ attempt: lookOnly.attempt });
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.last("connect_save")).toMatchObject({ safety: "readOnly" }));
  });
});

describe("what Stockroom may do", () => {
  it("names the scopes before anything can fail", async () => {
    const { user, backend } = open();
    await toScopes(user);
    const table = screen.getByRole("table");
    expect(within(table).getByRole("row", { name: /^3 Orders modify The order list, status and staff notes/ })).toBeVisible();
    expect(within(table).getByRole("row", { name: /^2 Information & settings read-only/ })).toBeVisible();
    expect(screen.getByText("Settings › API › Store-level API accounts › Create API account")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Open BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: null, hash, page: "apiAccounts", id: null });
  });

  it("asks for what the chosen preset needs and for nothing else, in list, picture and message", async () => {
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    const { user, backend } = open();
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    await toScopes(user);
    await user.click(screen.getByRole("radio", { name: /^Catalog editor 2 scopes/ }));
    expect(screen.getAllByRole("row")).toHaveLength(3);
    expect(screen.getByRole("row", { name: /Products modify/ })).toBeVisible();
    expect(screen.getByRole("img", { name: /Marked on it: Information & settings, Read-only, Products, Modify\./ })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy a message for the store owner" }));
    expect(written.mock.lastCall?.[0]).toContain("- Information & settings: read-only\n- Products: modify\n");
    expect(written.mock.lastCall?.[0]).toContain(`Store hash: ${hash}`);
    await user.click(screen.getByRole("button", { name: /^I have the credentials/ }));
    await pasteAndEnter(user, await screen.findByLabelText("Access token"), madeUpToken);
    await heading("Check");
    expect(backend.last("connect_begin")).toMatchObject({ preset: "catalogEditor" });
    expect(screen.getByText("Catalog editor, 2 scopes")).toBeVisible();
  });

  it("opens BigCommerce's page without a store where none was named", async () => {
    const { user, backend } = open();
    await user.click(await screen.findByRole("button", { name: "I don’t know it, skip" }));
    await heading("What may Stockroom do?");
    await user.click(screen.getByRole("button", { name: "Open BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: null, page: "apiAccounts", id: null });
  });

  it("leads the store owner through the layout that was chosen", async () => {
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    const { user } = open();
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    await toScopes(user);
    const copy = screen.getByRole("button", { name: "Copy a message for the store owner" });
    await user.click(copy);
    expect(written.mock.lastCall?.[0]).toContain(
      "Settings › API › Store-level API accounts › Create API account\nToken type: V2/V3 API token. Name: Stockroom\n",
    );
    await user.click(screen.getByRole("radio", { name: "Advanced Settings" }));
    await user.click(copy);
    expect(written.mock.lastCall?.[0]).toContain("Advanced Settings › API Accounts › Create API Account\nName: Stockroom\n");
    expect(written.mock.lastCall?.[0]).not.toMatch(/Store-level|Token type/);
  });

  it("draws the page for either of the control panel's layouts", async () => {
    const { user } = open();
    await toScopes(user);
    expect(screen.getByText("Settings › API › Store-level API accounts › Create API account")).toBeVisible();
    await user.click(screen.getByRole("radio", { name: "Advanced Settings" }));
    expect(screen.getByText("Advanced Settings › API Accounts › Create API Account")).toBeVisible();
    expect(screen.getByRole("img", { name: /Marked on it: Customers, Read-only, Information & settings, Read-only, Orders, Modify/ })).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("marks the very boxes to tick, by the numbers of the table, and calls each level what the panel calls it", async () => {
    const { user } = open();
    await toScopes(user);
    await user.click(screen.getByRole("checkbox", { name: "Also make tokens for the storefront" }));
    expect(screen.getByRole("row", { name: /^6 Storefront API tokens manage/ })).toBeVisible();
    const picture = screen.getByRole("img", { name: /Channel settings, Read-only, Storefront API tokens, Manage\./ });
    expect(picture.tagName).toBe("svg");
    const ticked = [...picture.querySelectorAll("[data-scope]")].map((row) => [
      row.getAttribute("data-scope"),
      row.getAttribute("data-ticked"),
      row.querySelectorAll("[data-marked]").length,
    ]);
    expect(ticked).toEqual([
      ["content", "none", 0],
      ["customers", "readOnly", 1],
      ["customersLogin", "none", 0],
      ["information", "readOnly", 1],
      ["marketing", "none", 0],
      ["orders", "modify", 1],
      ["orderTransactions", "none", 0],
      ["products", "readOnly", 1],
      ["themes", "none", 0],
      ["carts", "none", 0],
      ["channelSettings", "readOnly", 1],
      ["storefrontTokens", "manage", 1],
    ]);
    expect(picture.querySelector("[data-scope=storefrontTokens]")).toHaveTextContent("Storefront API tokensManage6");
  });

  it("is kept while going back and forth", async () => {
    const { user } = open();
    await toScopes(user);
    await user.tab();
    expect(screen.getByRole("radio", { name: /^Orders desk/ })).toHaveFocus();
    await user.click(screen.getByRole("radio", { name: /^Look only/ }));
    await user.keyboard("{Escape}");
    await heading("Which store?");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("radio", { name: /^Look only/ })).toBeChecked();
  });

  it("gives a store that is only looked at a read-only start", async () => {
    const { user } = open();
    await toScopes(user);
    await user.click(screen.getByRole("radio", { name: /^Look only/ }));
    await user.click(screen.getByRole("button", { name: /^I have the credentials/ }));
    await pasteAndEnter(user, await screen.findByLabelText("Access token"), madeUpToken);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    expect(screen.getByRole("radio", { name: /^Read-only/ })).toBeChecked();
  });
});
