import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { AppError, AppState, Examination, Holdings, Store, StoreEdit, StoreState } from "../../ipc";
import { en } from "../../i18n/en";
import { findings } from "../../testing/axe";
import { madeUpToken } from "../../testing/connecting";
import type { Answers } from "../../testing/fakeBackend";
import { appState, shop, store, storeState } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const other: Store = { ...store, key: "west", name: "Northfold West", color: "fjord" };
const sample: Store = { ...store, isSample: true, tokenHome: "sample", tokenEntry: "", tokenLast4: "" };

function open(over: Answers = {}, one: Partial<Store> = {}, state: Partial<StoreState> = {}) {
  const app: AppState = {
    version: "0.1.0",
    stores: [{ ...store, ...one }, other],
    current: store.key,
    environment: null,
    preferences: { theme: "light", density: "compact" },
    openSample: false,
  };
  const user = userEvent.setup();
  const opened = openWindow(`/store/${store.key}/settings`, {
    ...shop(),
    app_state: () => structuredClone(app),
    store_state: ({ store: key }: { store: string }) => ({ ...storeState, ...state, store: key }),
    edit_store: (edit: StoreEdit) => {
      const edited = app.stores.find(({ key }) => key === edit.store)!;
      return Object.assign(edited, { name: edit.name, color: edit.color, safety: edit.safety });
    },
    set_preferences: (next: AppState["preferences"]) => {
      app.preferences = next;
      return null;
    },
    remove_store: ({ store: key }: { store: string }) => {
      app.stores = app.stores.filter((each) => each.key !== key);
      app.current = null;
      return null;
    },
    reset_sample: () => sample,
    give_token: () => storeState,
    holdings: () => ({
      copy: "0",
      journal: "0",
      changes: 0,
      changesWaiting: state.changesWaiting ?? 0,
      pictures: "0",
      desk: "0",
      drafts: 0,
    }),
    open_page: () => null,
    unlock: () => new Promise(() => undefined),
    cancel_unlock: () => null,
    ...over,
  });
  return { user, ...opened };
}

const part = (name: string) => screen.findByRole("region", { name });
const fail = (error: AppError) => () => {
  throw error;
};

describe("a store's settings", () => {
  it("are readable for a screen reader", async () => {
    open();
    await part("Store");
    expect(await findings()).toEqual([]);
  });

  it("rename it when the field is left, and keep everything else", async () => {
    const { user, backend } = open();
    const name = within(await part("Store")).getByLabelText("Name");
    await user.clear(name);
    await user.type(name, "  Northfold East ");
    expect(backend.times("edit_store")).toBe(0);
    await user.tab();
    await waitFor(() =>
      expect(backend.last("edit_store")).toEqual({
        store: store.key,
        name: "Northfold East",
        color: "spruce",
        safety: "askAlways",
        channel: "1",
      }),
    );
    expect(await screen.findByText("Saved")).toBeVisible();
  });

  it("begin with another storefront, where there is more than one", async () => {
    const channels = [
      { id: "1", name: "Northfold" },
      { id: "667", name: "Wholesale" },
    ];
    const { user, backend } = open({ storefront_channels: () => ({ channels }) });
    await user.click(await screen.findByRole("radio", { name: "Wholesale" }));
    await waitFor(() => expect(backend.last("edit_store")).toMatchObject({ channel: "667" }));
    expect(await findings()).toEqual([]);
  });

  it("show which storefront to begin with greyed, and why, where the token can't list them", async () => {
    const missingScopes: Store["missingScopes"] = [{ label: "Channel settings", level: "readOnly", readable: false }];
    const { backend } = open({}, { missingScopes, channel: "667" });
    const choice = await screen.findByRole("radiogroup", { name: "Storefront to begin with" });
    expect(within(choice).getByRole("radio", { name: "Channel 667" })).toBeDisabled();
    expect(await part("Store")).toHaveTextContent("it lacks Channel settings");
    expect(backend.times("storefront_channels")).toBe(0);
    expect(await findings()).toEqual([]);
  });

  it("say why as soon as the store refuses to list them", async () => {
    const needs = { label: "Channel settings", level: "readOnly" as const };
    open({ storefront_channels: fail({ code: "missingScope", needs }) });
    expect(await screen.findByRole("radio", { name: "Channel 1" })).toBeDisabled();
    expect(await part("Store")).toHaveTextContent("it lacks Channel settings");
  });

  it("want a name", async () => {
    const { user, backend } = open();
    const name = within(await part("Store")).getByLabelText("Name");
    await user.clear(name);
    await user.keyboard("{Enter}");
    expect(await screen.findByText("A store needs a name. Type one of 1 to 80 characters.")).toBeVisible();
    await user.keyboard("{Escape}");
    expect(name).toHaveValue(store.name);
    expect(backend.times("edit_store")).toBe(0);
  });

  it("send two quick choices one after the other, and keep both", async () => {
    const { user, backend } = open();
    await part("Store");
    await user.click(screen.getByRole("radio", { name: "Berry" }));
    await user.click(screen.getByRole("radio", { name: /^Read-only/ }));
    await waitFor(() => expect(backend.last("edit_store")).toMatchObject({ color: "berry", safety: "readOnly" }));
    await waitFor(() => expect(document.documentElement.dataset["store"]).toBe("berry"));
  });

  it("say why something could not be saved, and show what is true", async () => {
    const { user } = open({ edit_store: fail({ code: "diskFull" }) });
    await part("Store");
    await user.click(screen.getByRole("radio", { name: /^Read-only/ }));
    expect(await within(await part("Store")).findByRole("alert")).toHaveTextContent("The disk is full");
    expect(screen.getByRole("radio", { name: /^Ask before every change/ })).toBeChecked();
  });
});

describe("the access token", () => {
  it("says where it lives, under which entry, and how it ends", async () => {
    open();
    const token = await part("Access token");
    expect(await within(token).findByText("GNOME Keyring, Login")).toBeVisible();
    expect(token).toHaveTextContent(store.tokenEntry);
    expect(token).toHaveTextContent("f3a9");
    expect(token).toHaveTextContent("at hand");
  });

  it("is replaced step by step, with a check before anything changes", async () => {
    const { user, router } = open();
    await user.click(within(await part("Access token")).getByRole("button", { name: "Replace the token…" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/connect"));
    expect(router.state.location.search).toEqual({ store: store.key });
  });

  it("is given by typing it, where there is none, and stays nowhere in the window", async () => {
    const { user, backend, client } = open({}, {}, { token: "missing" });
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
    const { user } = open(
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
    const { user, backend } = open({ give_token: () => new Promise(() => undefined) }, {}, { token: "missing" });
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
    const { user, router } = open(named, {}, { token: "missing" });
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
    const { user } = open(named, { tokenLast4: "f3a9" }, { token: "locked" });
    await user.click(await within(await part("Access token")).findByRole("button", { name: /^Unlock/ }));
    await user.click(await within(await part("Access token")).findByRole("button", { name: "Give the token…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(within(dialog).queryByRole("button", { name: /^Take the one from this computer’s environment/ })).toBeNull();
  });

  it("is kept in memory only, where there is no keychain", async () => {
    const { user, backend } = open(
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
    const { user } = open(
      { keychain: () => fresh, keychain_collection: () => ({ name: "" }), give_token: () => new Promise(() => undefined) },
      {},
      { token: "missing" },
    );
    await user.click(await within(await part("Access token")).findByRole("button", { name: "Give the token…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(await within(dialog).findByText("GNOME Keyring was not used yet and will ask you to choose a password for it.")).toBeVisible();
    await user.paste(madeUpToken);
    await user.keyboard("{Enter}");
    expect(await within(dialog).findByText(/^It asks you to choose a password/, {}, { timeout: 4_000 })).toBeVisible();
  });

  it("is unlocked when a person asks, and the waiting can be stopped", async () => {
    const locked = { available: true, locked: true, isNew: false, name: "GNOME Keyring" };
    const { user, backend } = open({ keychain: () => locked }, {}, { token: "locked" });
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
    const { user, backend } = open({
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
    open({}, { mayConnect: false });
    const token = await part("Access token");
    expect(await within(token).findByRole("alert")).toHaveTextContent(/quit Stockroom and start it as usual/);
    expect(within(token).queryByRole("button", { name: "Replace the token…" })).toBeNull();
  });

  it("names the scopes that are missing and leads to a new account", async () => {
    const { user, router } = open({}, { missingScopes: [{ label: "Orders", level: "modify", readable: false }] });
    const token = await part("Access token");
    expect(token).toHaveTextContent("1 scope is missing: Orders (modify)");
    await user.click(within(token).getByRole("button", { name: "Connect again…" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/connect"));
    expect(router.state.location.search).toEqual({ store: store.key });
  });

  it("does not call missing what was never asked for", async () => {
    const scopes = [{ scope: "products", label: "Products", level: "modify" }];
    const presets = { presets: [{ preset: "catalogEditor", scopes }], offered: [] };
    open(
      { presets: () => presets },
      { preset: "catalogEditor", missingScopes: [{ label: "Orders", level: "modify", readable: false }] },
    );
    const token = await part("Access token");
    expect(token).toHaveTextContent("Connected forCatalog editor");
    await waitFor(() => expect(token).not.toHaveTextContent("missing"));
  });
});

describe("the doctor", () => {
  const healthy: Examination = {
    keychain: { available: true, locked: false, isNew: false, name: "GNOME Keyring" },
    host: "api.bigcommerce.com",
    answeredInMs: 182,
    clockAheadSeconds: 3,
    missing: [],
    askedNow: true,
    problem: null,
    refusals: [],
    at: "2026-11-17T20:00:00Z",
    system: "linux x86_64",
  };

  it("says how the store, its token and this computer get along", async () => {
    const { user } = open({ examine: () => healthy });
    const doctor = await part("Doctor");
    await user.click(within(doctor).getByRole("button", { name: "Examine" }));
    for (const words of [
      "GNOME Keyring, open",
      "api.bigcommerce.com answered in 182 ms",
      "all that Stockroom has a use for are there to read",
      "the same as the store’s",
      "Stockroom 0.1.0, linux x86_64",
    ]) {
      expect(await within(doctor).findByText(words)).toBeVisible();
    }
    expect(await findings()).toEqual([]);
  });

  it("says of a keychain that was never used that it has no password, in the report too", async () => {
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    const { user } = open({ examine: () => ({ ...healthy, keychain: { ...healthy.keychain, isNew: true } }) });
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    const doctor = await part("Doctor");
    await user.click(within(doctor).getByRole("button", { name: "Examine" }));
    expect(await within(doctor).findByText("GNOME Keyring, not used yet: it has no password")).toBeVisible();
    await user.click(within(doctor).getByRole("button", { name: "Copy a report" }));
    expect(written.mock.lastCall?.[0]).toContain("Keychain: GNOME Keyring, not used yet: it has no password");
  });

  it.each([
    ["keychainNoEntry", /keychain entry is gone\. Stockroom works on until it is closed/],
    ["keychainAmbiguous", /several tokens for this store/],
  ] as const)("says of a working token what is wrong with its entry: %s", async (code, words) => {
    const { user } = open({ examine: () => ({ ...healthy, problem: { code } }) });
    const doctor = await part("Doctor");
    await user.click(within(doctor).getByRole("button", { name: "Examine" }));
    expect(await within(doctor).findByText(words)).toBeVisible();
  });

  it("names what is in the way, what is missing and what was refused, and copies it all", async () => {
    const ill: Examination = {
      ...healthy,
      keychain: { available: true, locked: true, isNew: false, name: "GNOME Keyring" },
      answeredInMs: null,
      clockAheadSeconds: null,
      missing: [{ label: "Orders", level: "modify", readable: true }],
      askedNow: false,
      problem: { code: "network", trouble: "dns", host: "api.bigcommerce.com" },
      refusals: [{ at: "2026-11-17T19:00:00Z", what: "order", state: "refused" }],
    };
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    const { user } = open({ examine: () => ill }, {}, { token: "locked" });
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    const doctor = await part("Doctor");
    await user.click(within(doctor).getByRole("button", { name: "Examine" }));
    await user.click(await within(doctor).findByRole("button", { name: "Copy a report" }));
    const report = written.mock.lastCall?.[0] ?? "";
    for (const words of [
      "Keychain: GNOME Keyring, locked",
      "API: api.bigcommerce.com was not reached",
      "Scopes: missing: Orders (only changing) (as of the last time it could be asked)",
      "Clock: could not be compared",
      "Last refusals: 2026-11-17T19:00:00Z: a change of an order, refused by the store",
      `Store hash: ${store.hash}`,
    ]) {
      expect(report).toContain(words);
    }
    expect(report).not.toContain(store.name);
  });
});

describe("the appearance", () => {
  it("changes at once, and one choice keeps the other", async () => {
    const { user, backend } = open();
    const look = await part("Appearance");
    await user.click(within(look).getByRole("radio", { name: "Dark" }));
    await waitFor(() => expect(document.documentElement.dataset["theme"]).toBe("dark"));
    await user.click(within(look).getByRole("radio", { name: "Comfortable" }));
    await waitFor(() => expect(backend.last("set_preferences")).toEqual({ theme: "dark", density: "comfortable" }));
  });

  it("stands out further where that is chosen, and is remembered for the first frame", async () => {
    const { user, backend } = open();
    const look = await part("Appearance");
    await user.click(within(look).getByRole("radio", { name: "High" }));
    await waitFor(() => expect(document.documentElement.dataset["contrast"]).toBe("high"));
    expect(backend.last("set_preferences")).toMatchObject({ theme: "light", contrast: "high", density: "compact" });
    expect(localStorage.getItem("stockroom.contrast")).toBe("high");
    await user.click(within(within(look).getByRole("radiogroup", { name: "Contrast" })).getByRole("radio", { name: "As the system" }));
    await waitFor(() => expect(document.documentElement.dataset["contrast"]).toBeUndefined());
  });
});

describe("the habits", () => {
  it("are on until they are switched off, one by one", async () => {
    const { user, backend } = open();
    const habits = await part("Notifications and keys");
    const announce = within(habits).getByRole("switch", { name: "Announce new orders" });
    expect(announce).toBeChecked();
    await user.click(announce);
    await waitFor(() => expect(backend.last("set_preferences")).toMatchObject({ announceOrders: false, theme: "light" }));
    await waitFor(() => expect(announce).not.toBeChecked());
    await user.click(within(habits).getByRole("switch", { name: "Letters as shortcuts" }));
    await waitFor(() =>
      expect(backend.last("set_preferences")).toMatchObject({ announceOrders: false, letterKeys: false }),
    );
    await user.keyboard("?");
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("{Control>}k{/Control}");
    expect(await screen.findByRole("dialog", { name: "Commands" })).toBeVisible();
  });
});

describe("removing a store", () => {
  it("names everything that goes, and asks first", async () => {
    const held = { copy: "52400000", journal: "98304", changes: 12, changesWaiting: 2, pictures: "1200000", desk: "640", drafts: 1 };
    const { user, backend } = open(
      { holdings: () => held, export_activity: () => ({ file: "changes.csv", count: 12 }) },
      {},
      { orders: 48_102, changesWaiting: 2 },
    );
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    const dialog = await screen.findByRole("alertdialog");
    await within(dialog).findByText("1.2 MB");
    for (const words of [
      `The keychain entry “${store.tokenEntry}”`,
      "The copy of the store: 48,102 orders 52.4 MB",
      "Pictures of its products 1.2 MB",
      "The journal of everything changed from here: 12 changes (a table of it stays) 98.3 kB",
      "Columns and filters kept for it, and 1 draft that was not applied 640 bytes",
      "2 changes have not been sent yet, and never will be",
      "The API account stays in BigCommerce until you delete it there.",
    ]) {
      expect(dialog).toHaveTextContent(words);
    }
    expect(await findings()).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Export the journal…" }));
    expect(await within(dialog).findByText("12 changes are in changes.csv.")).toBeVisible();
    expect(backend.last("export_activity")).toEqual({
      which: { store: store.key, filter: "all", search: null, job: null },
      form: "csv",
    });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(backend.times("remove_store")).toBe(0);
  });

  it("says that a keychain which is away will be told later", async () => {
    const { user } = open({ keychain: () => ({ available: false, locked: false, isNew: false, name: "" }), keychain_collection: () => ({ name: "" }) });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(await within(dialog).findByText(/as soon as your keychain answers again/)).toBeVisible();
  });

  it("names an older token that a locked keychain still holds", async () => {
    const { user } = open({}, { tokenHome: "untilQuit" });
    expect(await part("Access token")).toHaveTextContent(`An older one is in${store.tokenEntry}`);
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent(`The keychain entry “${store.tokenEntry}”`);
    expect(dialog).toHaveTextContent("The token in memory");
  });

  it("goes on to the next store", async () => {
    const { user, router } = open();
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    await user.click(await screen.findByRole("button", { name: `Remove ${store.name}` }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${other.key}/orders`));
  });

  const holdings: Holdings = {
    copy: "0",
    journal: "98304",
    changes: 12,
    changesWaiting: 0,
    pictures: "0",
    desk: "0",
    drafts: 0,
  };

  it.each([true, false])("keeps its journal as a table unless told not to: %s", async (keepJournal) => {
    const { user, backend } = open({ holdings: () => holdings });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    const box = await screen.findByRole("checkbox", { name: "Keep the journal as a table" });
    expect(box).toBeChecked();
    if (!keepJournal) await user.click(box);
    const stays = keepJournal ? " (a table of it stays)" : "";
    expect(screen.getByRole("alertdialog")).toHaveTextContent(
      `The journal of everything changed from here: 12 changes${stays} 98.3 kB`,
    );
    await user.click(screen.getByRole("button", { name: `Remove ${store.name}` }));
    await waitFor(() => expect(backend.last("remove_store")).toEqual({ store: store.key, keepJournal, leaveTokenBehind: false }));
  });

  it("keeps no table of what was changed in the sample store unless asked to", async () => {
    const { user, backend } = open({ holdings: () => holdings }, sample);
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    expect(await screen.findByRole("checkbox", { name: "Keep the journal as a table" })).not.toBeChecked();
    await user.click(screen.getByRole("button", { name: `Remove ${store.name}` }));
    await waitFor(() => expect(backend.last("remove_store")).toMatchObject({ keepJournal: false }));
  });

  it("can be removed without a journal that can't be read", async () => {
    const damaged = fail({ code: "damagedFile", file: "journal" });
    const { user, backend } = open({ holdings: damaged, remove_store: damaged });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    await user.click(await screen.findByRole("button", { name: `Remove ${store.name}` }));
    expect(backend.last("remove_store")).toMatchObject({ keepJournal: true });
    await user.click(await screen.findByRole("checkbox", { name: "Keep the journal as a table" }));
    await user.click(screen.getByRole("button", { name: `Remove ${store.name}` }));
    await waitFor(() => expect(backend.last("remove_store")).toMatchObject({ keepJournal: false }));
  });

  it("can leave behind a token whose keychain nobody opens", async () => {
    const { user, backend } = open({ remove_store: fail({ code: "keychainRefused" }) });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    await user.click(await screen.findByRole("button", { name: `Remove ${store.name}` }));
    await user.click(await screen.findByRole("button", { name: "Remove it and leave the token" }));
    await waitFor(() => expect(backend.last("remove_store")).toMatchObject({ leaveTokenBehind: true }));
  });

  it("stops waiting for a keychain when told to", async () => {
    const { user, backend } = open({ remove_store: () => new Promise(() => undefined) });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    await user.click(await screen.findByRole("button", { name: `Remove ${store.name}` }));
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(backend.last("cancel_unlock")).toEqual({ store: store.key }));
  });

  it("stays when the keychain refuses", async () => {
    const { user } = open({ remove_store: fail({ code: "keychainRefused" }) });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    await user.click(await screen.findByRole("button", { name: `Remove ${store.name}` }));
    const dialog = screen.getByRole("alertdialog");
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("The keychain stayed closed");
  });
});

describe("the sample store", () => {
  it("starts over when asked, after asking back, and shows its orders", async () => {
    const reset = vi.fn<() => Store>(() => sample);
    const { user, router } = open({ reset_sample: reset }, sample);
    await user.click(within(await part("Sample store")).getByRole("button", { name: "Start over…" }));
    expect(reset).not.toHaveBeenCalled();
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Start over" }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
    expect(reset).toHaveBeenCalledOnce();
  });

  it("has no token to replace", async () => {
    open({}, sample);
    const token = await part("Access token");
    expect(token).toHaveTextContent("In memory, made anew on every start");
    expect(within(token).queryByRole("button", { name: /token/ })).toBeNull();
  });
});
