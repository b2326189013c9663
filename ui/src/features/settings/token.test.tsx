import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { AppError, StoreState } from "../../ipc";
import { en } from "../../i18n/en";
import { findings } from "../../testing/axe";
import { madeUpToken } from "../../testing/connecting";
import { fail, openSettings, part } from "../../testing/settings";
import { appState, store, storeState } from "../../testing/shop";

describe("the access token", () => {
  it("says where it lives, under which entry, and how it ends", async () => {
    openSettings();
    const token = await part("Access token");
    expect(await within(token).findByText("GNOME Keyring, Login")).toBeVisible();
    expect(token).toHaveTextContent(store.tokenEntry);
    expect(token).toHaveTextContent("f3a9");
    expect(token).toHaveTextContent("at hand");
  });

  it("is replaced step by step, with a check before anything changes", async () => {
    const { user, router } = openSettings();
    await user.click(within(await part("Access token")).getByRole("button", { name: "Replace the token…" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/connect"));
    expect(router.state.location.search).toEqual({ store: store.key });
  });

  it("is given by typing it, where there is none, and stays nowhere in the window", async () => {
    const { user, backend, client } = openSettings({}, {}, { token: "missing" });
    await user.click(await within(await part("Access token")).findByRole("button", { name: "Give the token…" }));
    const dialog = await screen.findByRole("alertdialog");
    const field = within(dialog).getByLabelText("Access token");
    expect(field).toHaveFocus();
    expect(field).toHaveAttribute("type", "password");
    await user.paste(madeUpToken);
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(backend.last("give_token")).toEqual({ store: store.key, token: madeUpToken, untilQuit: false }),
    );
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    const cached = JSON.stringify([
      client.getQueryCache().getAll().map(({ queryKey, state }) => [queryKey, state.data]),
      client.getMutationCache().getAll().map(({ state }) => [state.variables, state.data]),
    ]);
    expect(cached).not.toContain(madeUpToken);
    expect(document.documentElement.outerHTML).not.toContain(madeUpToken);
  });

  it("names what was typed in its place, and empties the field", async () => {
    const { user } = openSettings(
      { give_token: fail({ code: "tokenMistake", mistake: "clientSecret" }) },
      {},
      { token: "missing" },
    );
    await user.click(await within(await part("Access token")).findByRole("button", { name: "Give the token…" }));
    const dialog = await screen.findByRole("alertdialog");
    await user.paste("not a token");
    await user.keyboard("{Enter}");
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("That is the client secret");
    expect(within(dialog).getByLabelText("Access token")).toHaveValue("");
    expect(within(dialog).getByLabelText("Access token")).toHaveFocus();
    expect(await findings()).toEqual([]);
  });

  it("is given up when the dialog is closed, with the question that the keychain has put", async () => {
    const { user, backend } = openSettings({ give_token: () => new Promise(() => undefined) }, {}, { token: "missing" });
    await user.click(await within(await part("Access token")).findByRole("button", { name: "Give the token…" }));
    await screen.findByRole("alertdialog");
    // Who only looked has nothing to take back.
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(backend.times("cancel_unlock")).toBe(0);
    await user.click(within(await part("Access token")).getByRole("button", { name: "Give the token…" }));
    await screen.findByRole("alertdialog");
    await user.paste(madeUpToken);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.times("give_token")).toBe(1));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(backend.last("cancel_unlock")).toEqual({ store: store.key });
    // And nothing of it is left when it is opened again.
    await user.click(within(await part("Access token")).getByRole("button", { name: "Give the token…" }));
    expect(within(await screen.findByRole("alertdialog")).getByRole("button", { name: /Use/ })).toBeEnabled();
  });

  it("can be the one that this computer’s environment names for the store", async () => {
    const environment = { hash: store.hash, last4: "f3a9" };
    const named = { app_state: () => ({ ...appState, stores: [store], environment }) };
    const { user, router } = openSettings(named, {}, { token: "missing" });
    await user.click(await within(await part("Access token")).findByRole("button", { name: "Give the token…" }));
    const dialog = await screen.findByRole("alertdialog");
    await user.click(await within(dialog).findByRole("button", { name: /^Take the one from this computer’s environment/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/connect"));
    expect(router.state.location.search).toMatchObject({ store: store.key });
  });

  it("is not offered from this computer’s environment while it is in use already", async () => {
    const inUse = { ...store, tokenLast4: "f3a9" };
    const environment = { hash: store.hash, last4: "f3a9" };
    const named = {
      app_state: () => ({ ...appState, stores: [inUse], environment }),
      keychain: () => ({ available: true, locked: true, isNew: false, name: "the login keyring" }),
      unlock: fail({ code: "keychainAmbiguous" }),
    };
    const { user } = openSettings(named, { tokenLast4: "f3a9" }, { token: "locked" });
    await user.click(await within(await part("Access token")).findByRole("button", { name: /^Unlock/ }));
    await user.click(await within(await part("Access token")).findByRole("button", { name: "Give the token…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(within(dialog).queryByRole("button", { name: /^Take the one from this computer’s environment/ })).toBeNull();
  });

  it("is kept in memory only, where there is no keychain", async () => {
    const { user, backend } = openSettings(
      { keychain: () => ({ available: false, locked: false, isNew: false, name: "" }), keychain_collection: () => ({ name: "" }) },
      { tokenHome: "untilQuit", tokenEntry: "" },
      { token: "missing" },
    );
    const token = await part("Access token");
    expect(await within(token).findByText("Nowhere: Stockroom has none")).toBeVisible();
    await user.click(within(token).getByRole("button", { name: "Give the token…" }));
    expect(await screen.findByText(/It is never written to a file/)).toBeVisible();
    await user.paste(madeUpToken);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.last("give_token")).toMatchObject({ untilQuit: true }));
  });

  it("goes into a keychain that was never used, which is said to ask for a new password", async () => {
    const fresh = { available: true, locked: false, isNew: true, name: "GNOME Keyring" };
    const { user } = openSettings(
      { keychain: () => fresh, keychain_collection: () => ({ name: "" }), give_token: () => new Promise(() => undefined) },
      {},
      { token: "missing" },
    );
    await user.click(await within(await part("Access token")).findByRole("button", { name: "Give the token…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(await within(dialog).findByText("GNOME Keyring was not used yet and will ask you to choose a password for it.")).toBeVisible();
    await user.paste(madeUpToken);
    await user.keyboard("{Enter}");
    expect(await within(dialog).findByText(/^It asks you to choose a password/)).toBeVisible();
  });

  it("is unlocked when a person asks, and the waiting can be stopped", async () => {
    const locked = { available: true, locked: true, isNew: false, name: "GNOME Keyring" };
    const { user, backend } = openSettings({ keychain: () => locked }, {}, { token: "locked" });
    const token = await part("Access token");
    expect(backend.times("unlock")).toBe(0);
    await user.click(await within(token).findByRole("button", { name: "Unlock GNOME Keyring…" }));
    expect(await within(token).findByRole("alert")).toHaveTextContent("Waiting for your keychain");
    await user.click(within(token).getByRole("button", { name: "Cancel" }));
    expect(backend.last("cancel_unlock")).toEqual({ store: store.key });
  });

  it.each([
    ["keychainRefused", "locked", "Unlock…", [2, 0]],
    ["keychainNoEntry", "missing", "Give the token…", [1, 1]],
    ["keychainAbsent", "noKeychain", "Keep a token until I quit…", [1, 1]],
  ] as const)("has the next step beside what the keychain said: %s", async (code, state, step, leads) => {
    let says: StoreState["token"] = "locked";
    const locked = { available: true, locked: true, isNew: false, name: "GNOME Keyring" };
    const { user, backend } = openSettings({
      keychain: () => locked,
      store_state: ({ store: key }: { store: string }) => ({ ...storeState, store: key, token: says }),
      unlock: () => {
        says = state;
        throw { code } satisfies AppError;
      },
    });
    const token = await part("Access token");
    await user.click(await within(token).findByRole("button", { name: "Unlock GNOME Keyring…" }));
    const told = await within(token).findByRole("alert");
    expect(told).toHaveTextContent(en[`trouble.${code}`]);
    backend.tell({ kind: "state", state: { ...storeState, token: state } });
    const button = await within(told).findByRole("button", { name: step });
    await waitFor(() => expect(within(token).queryByRole("button", { name: "Unlock GNOME Keyring…" })).toBeNull());
    expect(within(token).getAllByRole("button", { name: step })).toEqual([button]);
    expect(await findings()).toEqual([]);
    await user.click(button);
    const asked = () => [backend.times("unlock"), screen.queryAllByRole("alertdialog").length];
    await waitFor(() => expect(asked()).toEqual(leads));
  });

  it("can't be replaced while Stockroom is started for another address, and says how to go on", async () => {
    openSettings({}, { mayConnect: false });
    const token = await part("Access token");
    expect(await within(token).findByRole("alert")).toHaveTextContent(/quit Stockroom and start it as usual/);
    expect(within(token).queryByRole("button", { name: "Replace the token…" })).toBeNull();
  });

  it("names the scopes that are missing and leads to a new account", async () => {
    const { user, router } = openSettings({}, { missingScopes: [{ scope: "orders", level: "modify", readable: false }] });
    const token = await part("Access token");
    await waitFor(() => expect(token).toHaveTextContent("1 scope is missing: Orders (modify)"));
    await user.click(within(token).getByRole("button", { name: "Connect again…" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/connect"));
    expect(router.state.location.search).toEqual({ store: store.key });
  });

  it("does not call missing what was never asked for", async () => {
    const scopes = [{ scope: "products", level: "modify" }];
    const presets = { presets: [{ preset: "catalogEditor", scopes }], offered: [] };
    openSettings(
      { presets: () => presets },
      { preset: "catalogEditor", missingScopes: [{ scope: "orders", level: "modify", readable: false }] },
    );
    const token = await part("Access token");
    expect(token).toHaveTextContent("Connected forCatalog editor");
    await waitFor(() => expect(token).not.toHaveTextContent("missing"));
  });
});
