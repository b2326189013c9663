import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { en } from "../i18n/en";
import type { AppError, Job, StoreState } from "../ipc";
import type { Answers } from "../testing/fakeBackend";
import { press } from "../testing/keys";
import { fail, part } from "../testing/settings";
import { activityEntry, activityRow, appState, job, orderDetail, orderParts, shop, store, storeState } from "../testing/shop";
import { openWindow } from "../testing/window";

const said = "The disk is full";
const full = fail({ code: "diskFull" });
const running: Job = { ...job, size: 60, waiting: 40, underWay: 1, done: 19, secondsLeft: 600 };
const held: Job = { ...running, isPaused: true };

const inState = (state: Partial<StoreState>): Answers => ({ store_state: () => ({ ...storeState, ...state }) });
const of = (one: Job): Answers => ({ activity_entry: () => ({ ...activityEntry, job: one }), job: () => one });
const inStrip = (one: Job): Answers => ({
  job: () => one,
  plan_undo: () => ({ ...shop()["plan_change"]!({} as never) as object, mustConfirm: false }),
  apply: () => ({ job: "j1", entries: ["e1", "e2"] }),
});
/** A preview that could not be applied for a locked keychain. */
const lockedAway: Answers = { apply: fail({ code: "keychainLocked" }) };
/** A question to the storefront that waits for its answer. */
const asking: Answers = {
  storefront_access: () => ({
    current: {
      last4: "9x7q",
      channels: ["1"],
      scopes: ["unauthenticated"],
      madeAt: "2026-11-01T00:00:00Z",
      expiresAt: "2099-11-01T00:00:00Z",
      remindAt: "2099-10-01T00:00:00Z",
      entry: "",
      isGone: false,
      isRefused: false,
    },
    spare: null,
    lost: [],
  }),
  ask_storefront: () => new Promise(() => undefined),
};
const waiting: Answers = {
  ...inState({ token: "locked" }),
  unlock: () => new Promise(() => undefined),
};
const unreadable = (area: "orders" | "products" | "customers") =>
  inState({ unreadable: [{ area, id: "9", path: "$.name", reason: "expected a string" }] });

/** Chooses a command. */
const command = (words: string) => async (user: UserEvent) => {
  await screen.findByRole("main");
  press(["Ctrl", "K"]);
  await user.type(await screen.findByRole("combobox"), words);
  await user.click(await screen.findByRole("option", { name: new RegExp(`^${words}`) }));
};
/** Presses one button after the other. */
const pressing = (...names: (string | RegExp)[]) => async (user: UserEvent) => {
  for (const name of names) await user.click((await screen.findAllByRole("button", { name }))[0]!);
};
/** Presses a button in the strip that tells of the last change. */
const inTheStrip = (name: string) => async (user: UserEvent) => {
  await user.click(await screen.findByRole("button", { name: "Undo…" }));
  const strip = within(await screen.findByRole("status", { name: "Last change" }));
  await user.click(await strip.findByRole("button", { name }));
};

type Row = [what: string, asked: string, place: string, act: (user: UserEvent) => Promise<void>, answers?: Answers];

const rows: Row[] = [
  ["refreshing by command", "refresh", "home", command("Refresh now")],
  ["unlocking by command", "unlock", "home", command("Unlock the keychain"), inState({ token: "locked" })],
  ["opening the storefront by command", "open_page", "home", command("Open the storefront")],
  ["opening the API accounts by command", "open_page", "home", command("Open API accounts")],
  ["another habit by command", "set_preferences", "home", command("Announce no new orders")],
  ["letters as shortcuts by command", "set_preferences", "home", command("No letters as shortcuts")],
  ["another look by command", "set_preferences", "home", command("Theme: dark")],
  ["another look by command, outside of stores", "set_preferences", "/nowhere", command("Theme: dark")],
  ["opening an order by command", "open_page", "orders?open=48219", command("Open in BigCommerce")],
  ["refreshing an order by command", "refresh_order", "orders?open=48219", command("Refresh this order")],
  ["following a parcel by command", "open_page", "orders?open=48219", command("Follow the parcel")],
  ["following a parcel", "open_page", "orders?open=48219", pressing("Follow the parcel")],
  ["opening a product by command", "open_page", "products?open=77", command("Open in BigCommerce")],
  ["refreshing a product by command", "refresh_product", "products?open=77", command("Refresh this product")],
  ["opening a customer by command", "open_page", "customers?open=17", command("Open in BigCommerce")],
  ["refreshing a customer by command", "refresh_customer", "customers?open=17", command("Refresh this customer")],
  ["refreshing beside how the store is doing", "refresh", "home", pressing(/^Up to date/, "Refresh now")],
  ["opening what could not be read, below orders", "open_page", "orders", pressing("1 order could not be read", /^Open Order 9/), unreadable("orders")],
  ["opening what could not be read, below products", "open_page", "products", pressing("1 product could not be read", /^Open Product 9/), unreadable("products")],
  ["opening what could not be read, below customers", "open_page", "customers", pressing("1 customer could not be read", /^Open Customer 9/), unreadable("customers")],
  ["trying again from the banner", "refresh", "home", pressing("Try again"), inState({ trouble: { code: "homeHeld", process: "" } })],
  ["unlocking from the banner", "unlock", "home", pressing(/^Unlock/), inState({ token: "locked" })],
  ["stopping the wait for the keychain", "cancel_unlock", "home", pressing("Stop waiting"), inState({ token: "unlocking" })],
  ["holding a job beside a change", "pause_job", "activity?open=e1", pressing("Pause"), of(running)],
  ["going on with a job beside a change", "resume_job", "activity?open=e1", pressing("Go on"), of(held)],
  ["stopping a job beside a change", "stop_job", "activity?open=e1", pressing("Stop"), of(running)],
  ["holding a job below the list", "pause_job", "activity", pressing("Pause"), { jobs: () => ({ jobs: [running] }) }],
  ["going on with a job below the list", "resume_job", "activity", pressing("Go on"), { jobs: () => ({ jobs: [held] }) }],
  ["stopping a job below the list", "stop_job", "activity", pressing("Stop"), { jobs: () => ({ jobs: [running] }) }],
  ["holding a job in the strip", "pause_job", "activity?open=e1", inTheStrip("Pause"), inStrip(running)],
  ["going on with a job in the strip", "resume_job", "activity?open=e1", inTheStrip("Go on"), inStrip(held)],
  ["stopping a job in the strip", "stop_job", "activity?open=e1", inTheStrip("Stop"), inStrip(running)],
  [
    "giving a change up in its row",
    "drop_change",
    "activity",
    pressing(/^Give up /),
    { activity_rows: () => ({ from: 0, rows: [{ ...activityRow, state: "waiting", canUndo: false, canDrop: true }] }) },
  ],
  [
    "another time for names to be erased",
    "set_activity_keeping",
    "activity",
    async (user) => {
      await user.click(await screen.findByRole("button", { name: /^Erase names and notes/ }));
      await user.click(await screen.findByRole("menuitem", { name: /30 days/ }));
    },
  ],
  ["opening the API accounts in the settings", "open_page", "settings", pressing("API accounts in BigCommerce")],
  [
    "stopping the wait for the keychain in the settings",
    "cancel_unlock",
    "settings",
    async (user) => {
      const token = within(await part("Access token"));
      await user.click(await token.findByRole("button", { name: /^Unlock/ }));
      await user.click(await token.findByRole("button", { name: "Cancel" }));
    },
    waiting,
  ],
  [
    "unlocking from a preview",
    "unlock",
    "activity?open=e1",
    async (user) => {
      await user.click(await screen.findByRole("button", { name: "Undo…" }));
      const sheet = within(await screen.findByRole("dialog"));
      await user.click(sheet.getAllByRole("button").at(-1)!);
      await user.click(await sheet.findByRole("button", { name: "Unlock…" }));
    },
    lockedAway,
  ],
  ["stopping a question to the storefront", "stop_asking", "storefront", pressing(/^Ask/, "Stop"), asking],
  [
    "opening the API accounts where a token is given",
    "open_page",
    "settings",
    async (user) => {
      await user.click(await within(await part("Access token")).findByRole("button", { name: "Give the token…" }));
      await pressing("Open API accounts in BigCommerce")(user);
    },
    inState({ token: "missing" }),
  ],
];

describe("what comes to nothing says why", () => {
  it.each(rows)("%s", async (_what, asked, place, act, answers = {}) => {
    const user = userEvent.setup();
    const { backend } = openWindow(place.startsWith("/") ? place : `/store/${store.key}/${place}`, {
      ...shop(),
      // Read just now, so that the panel does not ask for it by itself.
      order: () => ({ ...orderDetail, parts: { ...orderParts, readAt: new Date().toISOString() } }),
      ...answers,
      [asked]: full,
    });
    await waitFor(() => expect(backend.times("app_state")).toBeGreaterThan(0));
    await act(user);
    await waitFor(() => expect(backend.times(asked)).toBeGreaterThan(0));
    expect(await screen.findByText(new RegExp(said))).toBeVisible();
  });

  it("unless somebody stopped it", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`/store/${store.key}/home`, {
      ...shop(),
      ...inState({ token: "locked" }),
      unlock: fail({ code: "cancelled" } satisfies AppError),
    });
    await screen.findByRole("button", { name: /^Unlock/ });
    await command("Unlock the keychain")(user);
    await waitFor(() => expect(backend.times("unlock")).toBe(1));
    expect(screen.queryByText("Stopped")).toBeNull();
  });
});

describe("a list that the token may not read", () => {
  it.each([
    ["orders", "Orders"],
    ["products", "Products"],
    ["customers", "Customers"],
  ] as const)("names the scope that it lacks: %s", async (scope, word) => {
    const none = { view: "v1", count: 0, totals: [], countWithoutSearch: 0 };
    openWindow(`/store/${store.key}/${scope}`, {
      ...shop(0),
      app_state: () => ({ ...appState, stores: [{ ...store, missingScopes: [{ scope, level: "read", readable: false }] }] }),
      [`open_${scope}`]: () => none,
      home: () => ({ ...(shop()["home"]!({} as never) as object), products: 0, hidden: 0 }),
    });
    expect(await screen.findByText(new RegExp(`^It lacks the scope ${word}\\.`))).toBeVisible();
    // By the name that scopes have everywhere.
    expect(en[`${scope}.empty.scope.more`]).not.toContain(word);
  });
});
