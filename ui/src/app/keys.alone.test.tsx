import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as actions from "../lib/actions";
import type { Action } from "../lib/actions";
import { shortcuts } from "../lib/shortcuts";
import { findings } from "../testing/axe";
import type { ActivityEntry, AppError, Examination, Job, StoreState, StorefrontToken } from "../ipc";
import type { Answers } from "../testing/fakeBackend";
import { listed, press } from "../testing/keys";
import { activityEntry, activityRow, address, appState, job, orderDetail, orderParts, shop, store, storeState } from "../testing/shop";
import { openWindow } from "../testing/window";

const { done } = vi.hoisted(() => ({ done: { labels: [] as string[], really: true } }));

vi.mock("../lib/actions", async (original) => {
  const real = await original<typeof actions>();
  const perform = (action: Action) => {
    done.labels.push(action.label);
    if (done.really || action.id === "palette") real.perform(action);
  };
  return { ...real, perform };
});

beforeEach(() => {
  done.labels = [];
  done.really = true;
});

const at = (place: string) => `/store/${store.key}/${place}`;

const keysIn = (element: Element) => [...element.querySelectorAll("kbd")].map((kbd) => kbd.textContent ?? "");

/** Every action in the command list, with the keys it shows. */
async function shownInPalette() {
  press(["Ctrl", "K"]);
  const list = await screen.findByRole("dialog", { name: "Commands" });
  const options = within(list).getAllByRole("option");
  const shown = options.map((option) => ({
    keys: keysIn(option),
    label: option.querySelector("[class*=label]")?.textContent ?? "",
  }));
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  return shown;
}

/** What a button is called, without its keys and how many of something it counts. */
const namesOf = (one: Element) => {
  const namedBy = one.getAttribute("aria-labelledby")?.split(" ") ?? [];
  const elsewhere = namedBy.map((id) => document.getElementById(id)?.textContent).join(" ");
  const bare = one.cloneNode(true) as Element;
  for (const beside of bare.querySelectorAll("kbd, [class*=badge]")) beside.remove();
  const inside = () => [...bare.childNodes].map(({ textContent }) => textContent).join(" ");
  return ((one.getAttribute("aria-label") ?? elsewhere) || inside()).trim();
};

/** Names of orders, products and changes that are buttons; what undoes a change has its name, too. */
const leadsOn = /^(Product \d$|4821\d\b|(?!Undo).* → )/;

/** Buttons that are no commands, and why. */
const noCommands: readonly (readonly [string, (button: Element) => boolean])[] = [
  ["opens something whose entries and buttons are looked at themselves", (one) => one.hasAttribute("aria-haspopup") || one.hasAttribute("aria-expanded")],
  ["belongs to a row of a list, or is the picture of one", (one) => one.closest("[role=grid], [role=row], [role=img]") !== null],
  ["leads on from a name that is written there", (one) => leadsOn.test(namesOf(one))],
  ["is what to look for in the keychain's own program", (one) => namesOf(one) === "Copy the entry’s name"],
  ["is Escape", (one) => /^(Close|Clear$|Cancel$|Dismiss)/.test(namesOf(one))],
  ["is the command list", (one) => namesOf(one).startsWith("Commands")],
  ["is a choice of a field", (one) => one.getAttribute("role") === "radio" || one.closest("[role=radiogroup], label") !== null],
];

const commandsInSight = () =>
  screen
    .getAllByRole("button")
    .filter((one) => !noCommands.some(([, is]) => is(one)))
    .map(namesOf);

/** Every button that does something, also in what buttons unfold, and every entry of the menus that buttons open. */
async function doable() {
  const names = commandsInSight();
  for (const one of screen.getAllByRole("button").filter((button) => button.getAttribute("aria-expanded") === "false")) {
    const holds = one.getAttribute("aria-haspopup") === "true" ? "menuitem" : "dialog";
    await userEvent.click(one);
    const opened = await screen.findAllByRole(holds);
    names.push(
      ...(holds === "dialog"
        ? commandsInSight()
        : opened.map((item) => item.querySelector("[class*=label]")?.textContent ?? "")),
    );
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryAllByRole(holds)).toHaveLength(0));
  }
  return names;
}

/** The same words, without dots, numbers and signs at their end. */
const plain = (name: string) => name.toLowerCase().replaceAll("’", "").replaceAll(/[…\d\s]+$/g, "").trim();

const fail = (error: AppError) => () => {
  throw error;
};

/** Answers of a store that is doing otherwise than well. */
const doing = (change: Partial<StoreState>): Answers => {
  const state = { ...storeState, ...change };
  return { store_state: () => state, select_store: () => state };
};

const examined: Examination = {
  keychain: { available: true, locked: false, isNew: false, name: "GNOME Keyring" },
  host: "api.example.com",
  answeredInMs: 182,
  clockAheadSeconds: 0,
  missing: [],
  askedNow: true,
  problem: null,
  refusals: [],
  at: "2026-11-17T20:00:00Z",
  system: "linux x86_64",
};

const token: StorefrontToken = {
  last4: "9x7q",
  channels: ["1"],
  scopes: ["unauthenticated"],
  madeAt: "2026-11-01T00:00:00Z",
  expiresAt: "2099-11-01T00:00:00Z",
  remindAt: "2099-10-01T00:00:00Z",
  entry: "Stockroom, storefront of abc123",
  isGone: false,
  isRefused: false,
};

const metAnother: ActivityEntry = {
  ...activityEntry,
  row: { ...activityRow, state: "conflict", canUndo: false, canDrop: true },
  found: [{ field: "status", value: { kind: "status", statusId: 5, label: "Cancelled" } }],
};

const running: Job = { ...job, size: 60, waiting: 40, underWay: 1, done: 17, toLookAt: 2, canUndo: true, secondsLeft: 600 };

/** What was typed over a price and a description that the store has no more. */
const typedOver = JSON.stringify({
  fields: { price: { typed: "25.00", base: "19.0000" }, description: { typed: "<p>Mine</p>", base: "<p>Old</p>" } },
  sent: null,
});

/** What has other words in the command list, where it stands alone. */
const otherwise: Readonly<Record<string, string>> = {
  "this stores settings": "settings",
  "examine": "examine this store",
  "customer": "open the customer",
  "show 2 orders": "show this customers orders",
  "7 orders": "all orders of this customer",
  "remove customer": "show orders of all customers",
  "remove placed": "show all days",
  "remove search": "clear search",
  "remove changed": "show all days",
  "remove registered": "show all customers",
  "remove changed together": "show changes that were not made together, too",
  "remove incomplete": "show incomplete orders",
  "hide incomplete": "hide incomplete orders",
  "examine again": "examine this store",
  "try again": "ask for the items again",
  "undo, was call first": "put the note back to how it was",
};

describe("every shortcut", () => {
  it("stands in the table once, and none is the beginning of another", () => {
    const all = Object.values(shortcuts).flat();
    expect(new Set(all).size).toBe(all.length);
    const alone = new Set(all.filter((keys) => !keys.includes(" ")));
    for (const keys of all.filter((keys) => keys.includes(" "))) {
      expect(alone, keys).not.toContain(keys.split(" ")[0]);
    }
  });

  /** Where it is, how to get there, what the shop answers otherwise, and what the pill says then. */
  type Place = [where: string, place: string, prepare: () => Promise<void>, answers?: Answers, pill?: string];
  const places: Place[] = [
    ["in the orders' list", at("orders"), async () => undefined],
    ["with an order open", at("orders?open=48219"), async () => void (await screen.findByText("Call first"))],
    [
      "with orders ticked",
      at("orders"),
      async () => {
        await userEvent.click(await screen.findByRole("checkbox", { name: "Select order 48219" }));
        await screen.findByRole("region", { name: "Ticked orders" });
      },
    ],
    ["at home", at("home"), async () => void (await screen.findByRole("group", { name: "Sales per day" }))],
    ["in the activity", at("activity"), async () => undefined],
    ["with a change open", at("activity?open=e1"), async () => void (await screen.findByText("Store says done"))],
    ["in the products' list", at("products"), async () => undefined],
    ["with a product open", at("products?open=77"), async () => void (await screen.findByText("Outdoor › Jackets"))],
    ["in a product's form", at("products/77"), async () => void (await screen.findByRole("textbox", { name: "Name" }))],
    ["with a customer open", at("customers?open=17"), async () => void (await screen.findByText("Pays by invoice."))],
    ["in the settings", at("settings"), async () => undefined],
    ["with one customer's orders of some days", at("orders?customer=17&from=2026-11-01&q=tea"), async () => void (await screen.findByText("48219"))],
    ["with an order's note typed", at("orders?open=48219"), async () => {
        await userEvent.type(await screen.findByRole("textbox", { name: "Staff notes" }), "!");
        await screen.findByRole("button", { name: /^Save note/ });
        (document.activeElement as HTMLElement).blur();
      }],
    ["with an order that goes elsewhere", at("orders?open=48219"), async () => void (await screen.findByText("1 Elsewhere")), {
        order: () => ({ ...orderDetail, parts: { ...orderParts, shippingAddresses: [{ ...orderParts.shippingAddresses[0]!, address: { ...address, street1: "1 Elsewhere" } }] } }),
      }],
    ["with an order whose items can't be asked for", at("orders?open=48219"), async () => void (await screen.findByRole("button", { name: "Try again" })), {
        order: () => ({ ...orderDetail, parts: null }),
        refresh_order: fail({ code: "rateLimited", seconds: 3 }),
      }],
    ["in a product's new form", at("products/new"), async () => void (await screen.findByRole("textbox", { name: "Name" }))],
    ["with products of some days", at("products?from=2026-11-01&q=mug&show=hidden"), async () => void (await screen.findByText("Product 0"))],
    ["with products ticked", at("products"), async () => {
        await userEvent.click(await screen.findByRole("checkbox", { name: "Select product Product 0" }));
        await screen.findByRole("region", { name: "Ticked products" });
      }],
    ["in the customers' list", at("customers?from=2026-11-01&q=ann"), async () => void (await screen.findByText("Customer 0"))],
    ["with changes looked for", at("activity?q=tea&job=j1"), async () => void (await screen.findByText("Status of order 48219"))],
    ["with changes ticked", at("activity"), async () => {
        await userEvent.click(await screen.findByRole("checkbox", { name: "Select Status of order 48219" }));
        await screen.findByRole("region", { name: "Ticked changes" });
      }],
    ["with a store examined", at("settings"), async () => {
        await userEvent.click(await screen.findByRole("button", { name: "Examine" }));
        await screen.findByRole("button", { name: "Copy a report" });
      }, { examine: () => examined }],
    ["with a token for the storefront", at("settings"), async () => void (await screen.findByRole("button", { name: "Renew…" })), { storefront_access: () => ({ current: token, spare: { ...token, last4: "old1" }, lost: [{ ...token, last4: "old2", isGone: true }] }) }],
    ["with a token for the storefront that is gone", at("settings"), async () => void (await screen.findByRole("button", { name: "Renew…" })), { storefront_access: () => ({ current: { ...token, isGone: true }, spare: { ...token, last4: "old1", isGone: true }, lost: [] }) }],
    ["with a token for the storefront that ends soon", at("orders"), async () => void (await screen.findByRole("button", { name: "Not today" })), { storefront_access: () => ({ current: { ...token, remindAt: "2026-01-01T00:00:00Z" }, spare: null, lost: [] }) }],
    ["where the storefront is asked", at("storefront"), async () => {
        await userEvent.click(await screen.findByRole("button", { name: /^Ask/ }));
        await screen.findByRole("button", { name: "Copy the answer" });
      }, {
        storefront_access: () => ({ current: token, spare: null, lost: [] }),
        ask_storefront: () => ({ data: '{ "site": {} }', isCut: false, errors: [], host: "store-abc123.mybigcommerce.com", tookMs: 8 }),
      }],
    ["with a change that met another", at("activity?open=e1"), async () => void (await screen.findByRole("button", { name: "Keep the store’s" })), {
        activity_entry: () => metAnother,
      }],
    ["with a change that is to go on all the same", at("activity?open=e1"), async () => {
        await userEvent.click(within(await screen.findByRole("radiogroup", { name: "Status" })).getByText("Shipped"));
        await screen.findByRole("button", { name: "Preview…" });
      }, { activity_entry: () => metAnother }],
    ["with one of many changes open", at("activity?open=e1"), async () => void (await screen.findByRole("button", { name: "Undo all of it…" })), {
        activity_entry: () => ({ ...activityEntry, job: { ...job, size: 60, done: 58, toLookAt: 2 } }),
      }],
    ["with one of many changes that go on", at("activity?open=e1"), async () => void (await screen.findAllByRole("button", { name: "Stop" })), {
        activity_entry: () => ({ ...activityEntry, job: running }),
        jobs: () => ({ jobs: [running] }),
      }],
    ["with changes that could not be ticked", at("activity"), async () => {
        await screen.findAllByText("Status of order 48219");
        press(["Ctrl", "A"]);
        await screen.findByRole("button", { name: "Try again" });
      }, {
        open_activity: () => ({ view: "a1", count: 700, all: 700, toLookAt: 0, onTheWay: 0, undone: 0 }),
        activity_rows: ({ from, to }: { from: number; to: number }) => {
          if (from > 300) throw { code: "network", trouble: "refused", host: "api.example.com" };
          return { from, rows: Array.from({ length: to - from }, (_, at) => ({ ...activityRow, entry: `e${from + at}` })) };
        },
      }],
    ...(["orders", "products", "customers"] as const).map((area): Place => [
      `with ${area} that could not be read`, at(area), async () => void (await screen.findByRole("button", { name: /^2 .* could not be read$/ })), doing({
        unreadable: [
          { area, id: "7", path: "$.total", reason: "expected a string" },
          { area, id: null, path: "$.id", reason: "expected a number" },
        ],
      })]),
    ["with a product that is to be made", at("products"), async () => void (await screen.findByRole("button", { name: "Show it" })), {
        makings: () => ({ waiting: 1, underWay: 0, entry: "e7", name: "Tarn Mug" }),
      }],
    ["in a form of which somebody changed the same meanwhile", at("products/77"), async () => void (await screen.findAllByRole("button", { name: "Stay with mine" })), {
        product_draft: ({ store: key, product }: { store: string; product: string | null }) => ({ store: key, product, text: typedOver }),
      }],
    ["in a form that is on its way", at("products/new"), async () => void (await screen.findByRole("button", { name: "Show in Activity" })), {
        product_draft: ({ store: key, product }: { store: string; product: string | null }) => ({ store: key, product, text: JSON.stringify({ fields: { name: { typed: "Tarn Mug", base: "" } }, sent: "e7" }) }),
        activity_entry: () => ({ ...activityEntry, row: { ...activityRow, state: "waiting", canUndo: false } }),
      }],
    ["while the keychain asks", at("orders"), async () => void (await screen.findByRole("button", { name: "Stop waiting" })), doing({ token: "unlocking" }), "Waiting for your keychain"],
    ["while the token is missing", at("orders"), async () => void (await screen.findByRole("button", { name: "Give the token…" })), doing({ token: "missing" }), "Token missing"],
    ["while nobody answers", at("orders"), async () => void (await screen.findByRole("button", { name: "Try again" })), doing({ trouble: { code: "network", trouble: "refused", host: "api.example.com" } }), "Offline"],
  ];

  it.each(places.map((place) => [place[0], place] as const))("that is shown %s works, and none is double", async (_, where) => {
    const [, place, prepare, answers = {}, pill = "Up to date"] = where;
    openWindow(place, {
      ...shop(),
      app_state: () => ({ ...appState, stores: [store, { ...store, key: "west", name: "West" }] }),
      ...answers,
    });
    await screen.findByRole("navigation");
    await screen.findByText(pill);
    await prepare();
    const buttons = await doable();
    done.really = false;
    const all = await shownInPalette();
    // Whatever a button here does is a command as well.
    const commands = all.map(({ label }) => plain(label));
    const lacking = buttons.filter((name) => {
      // The change that a line of a history undoes is another than the last one of the store.
      const line = plain(name).replace(/^undo… /, "undo: ");
      const wanted = [plain(name), line, otherwise[plain(name)] ?? ""].filter(Boolean);
      return !wanted.some((words) =>
        commands.some((command) => command === words || command.endsWith(`: ${words}`) || command === `open ${words}`),
      );
    });
    expect(lacking).toEqual([]);
    const shown = all.filter(({ keys }) => keys.length > 0);
    expect(shown.length).toBeGreaterThan(6);
    expect(new Set(shown.map(({ keys }) => keys.join(" "))).size).toBe(shown.length);
    for (const { label, keys } of shown) {
      done.labels = [];
      press(keys);
      expect(done.labels, keys.join(" ")).toEqual([label]);
    }
    // What is written elsewhere in the window are the same keys, or those of the field that shows them.
    const known = new Set([...shown.map(({ keys }) => keys.join(" ")), "Ctrl K", "Esc"]);
    const elsewhere = [...document.querySelectorAll("[class*=keys]")].map((one) => keysIn(one).join(" "));
    for (const keys of elsewhere.filter(Boolean)) expect(known).toContain(keys);
  });
});

describe("keys", () => {
  it("go to a screen, one after the other", async () => {
    const { router } = openWindow(at("orders"), shop());
    await screen.findByText("48219");
    press(["G", "A"]);
    await waitFor(() => expect(router.state.location.pathname).toBe(at("activity")));
    press(["G", "2"]);
    await waitFor(() => expect(router.state.location.pathname).toBe(at("orders")));
    expect(router.state.location.search).toMatchObject({ status: "11" });
  });

  it("are letters while something is being typed, and after a pause", async () => {
    const { router } = openWindow(at("orders"), shop());
    await screen.findByText("48219");
    const search = screen.getByRole("searchbox", { name: "Search orders" });
    search.focus();
    await userEvent.keyboard("ga?");
    expect(search).toHaveValue("ga?");
    expect(done.labels).toEqual([]);
    search.blur();
    fireEvent.keyDown(document.body, { key: "g", timeStamp: 1_000 });
    const late = new KeyboardEvent("keydown", { key: "a", bubbles: true });
    Object.defineProperty(late, "timeStamp", { value: 1e9 });
    fireEvent(document.body, late);
    expect(done.labels).toEqual([]);
    expect(router.state.location.pathname).toBe(at("orders"));
  });

  it("go by their place where letters are not Latin", async () => {
    openWindow(at("orders"), shop());
    await screen.findByText("48219");
    fireEvent.keyDown(document.body, { key: "л", code: "KeyK", ctrlKey: true });
    expect(await screen.findByRole("dialog", { name: "Commands" })).toBeVisible();
  });

  it("lead to the search by Ctrl and F or a slash", async () => {
    const user = userEvent.setup();
    openWindow(at("orders"), shop());
    await screen.findByText("48219");
    const search = screen.getByRole("searchbox", { name: "Search orders" });
    await user.keyboard("/");
    expect(search).toHaveFocus();
    expect(search).toHaveValue("");
    search.blur();
    await user.keyboard("{Control>}f{/Control}");
    expect(search).toHaveFocus();
  });

  it("open the statuses of the order that is open, of the ticked ones where some are", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(at("orders?open=48219"), shop());
    await screen.findByText("Call first");
    await user.keyboard("s");
    await user.click(await screen.findByRole("menuitem", { name: /^Shipped/ }));
    await screen.findByRole("button", { name: "Change to Shipped" });
    expect(backend.last("plan_change")).toMatchObject({ store: store.key });
    expect(JSON.stringify(backend.last("plan_change"))).toContain("48219");
    // Letters do nothing behind a sheet.
    done.labels = [];
    await user.keyboard("s");
    expect(done.labels).toEqual([]);
    await user.keyboard("{Escape}");
    await user.click(await screen.findByRole("checkbox", { name: "Select order 48218" }));
    await user.keyboard("s");
    expect(done.labels).toEqual(["Change status…"]);
    await user.click(await screen.findByRole("menuitem", { name: /^Shipped/ }));
    await waitFor(() => expect(JSON.stringify(backend.last("plan_change"))).toContain("48218"));
  });

  it("go to the staff notes, on to the next order, and copy", async () => {
    const user = userEvent.setup();
    const { router } = openWindow(at("orders?open=48219"), shop());
    await screen.findByText("Call first");
    await user.keyboard("m");
    expect(screen.getByRole("textbox", { name: "Staff notes" })).toHaveFocus();
    (document.activeElement as HTMLElement).blur();
    await user.keyboard("ce");
    expect(await navigator.clipboard.readText()).toBe("customer.0@example.com");
    expect(await screen.findByText("Copied: e-mail address")).toBeVisible();
    await user.keyboard("j");
    await waitFor(() => expect(router.state.location.search).toMatchObject({ open: "48218" }));
  });

  it("undo the last change, with all that was changed together with it", async () => {
    const user = userEvent.setup();
    const rows = [
      { ...activityRow, entry: "e9", job: "j9", canUndo: false },
      { ...activityRow, entry: "e8", job: "j8", undoes: "e0" },
      { ...activityRow, entry: "e7", job: "j7" },
      { ...activityRow, entry: "e6", job: "j7" },
      { ...activityRow, entry: "e5", job: "j5" },
    ];
    const answers = shop();
    answers["open_activity"] = () => ({ view: "a1", count: 5, all: 5, toLookAt: 0, onTheWay: 0, undone: 0 });
    answers["activity_rows"] = ({ from, to }: { from: number; to: number }) => ({ from, rows: rows.slice(from, to) });
    const { backend } = openWindow(at("orders"), answers);
    await screen.findByText("48219");
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(backend.last("plan_undo")).toEqual({ store: store.key, entries: ["e7", "e6"] }));
  });

  it("say so where there is nothing to undo", async () => {
    const user = userEvent.setup();
    const answers = shop();
    answers["activity_rows"] = () => ({ from: 0, rows: [{ ...activityRow, canUndo: false }] });
    const { backend } = openWindow(at("orders"), answers);
    await screen.findByText("48219");
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText("Nothing here can be undone.")).toBeVisible();
    expect(backend.times("plan_undo")).toBe(0);
  });

  it("are listed where a question mark asks for them", async () => {
    const user = userEvent.setup();
    openWindow(at("orders"), shop());
    await screen.findByText("48219");
    await user.keyboard("?");
    const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(sheet).getByText("Undo the last change…")).toBeVisible();
    expect(within(sheet).getByText("Tick the row")).toBeVisible();
    expect(await findings()).toEqual([]);
  });
});

describe("the command list", () => {
  it("finds every command by its name", async () => {
    openWindow(at("orders?open=48219"), shop());
    await screen.findByText("Call first");
    press(["Ctrl", "K"]);
    const field = await screen.findByRole("combobox");
    const all = listed();
    expect(all.length).toBeGreaterThan(50);
    for (const label of all) {
      fireEvent.change(field, { target: { value: label } });
      // Of the same name there may be several, for one thing or another.
      expect(listed().slice(0, 3), label).toContain(label);
    }
  });

  it("saves a note that is being written, by the keys that its button shows", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(at("orders?open=48219"), shop());
    const notes = await screen.findByRole("textbox", { name: "Staff notes" });
    await user.type(notes, " Twice.");
    expect(await screen.findByRole("button", { name: /^Save note/ })).toHaveTextContent("CtrlEnter");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(JSON.stringify(backend.last("plan_change"))).toContain("Call first Twice."));
  });

  it("copies where an order goes apart from where it is billed to, and follows its parcels", async () => {
    const user = userEvent.setup();
    const elsewhere = { ...address, street1: "1 Elsewhere" };
    const parts = { ...orderParts, shippingAddresses: [{ ...orderParts.shippingAddresses[0]!, address: elsewhere }] };
    const { backend } = openWindow(at("orders?open=48219"), { ...shop(), order: () => ({ ...orderDetail, parts }) });
    await screen.findByText("1 Elsewhere");
    const command = async (name: string) => {
      press(["Ctrl", "K"]);
      await user.type(await screen.findByRole("combobox"), name);
      await user.keyboard("{Enter}");
    };
    await command("copy shipping address");
    await screen.findByText("Copied: shipping address");
    expect(await navigator.clipboard.readText()).toContain("1 Elsewhere");
    await command("copy tracking");
    await screen.findByText("Copied: tracking number");
    expect(await navigator.clipboard.readText()).toBe("1Z84R");
    await command("follow the parcel");
    await waitFor(() => expect(backend.last("open_page")).toMatchObject({ page: "parcel", id: "48219", shipment: "9" }));
  });

  it("undoes whichever change a line of the history tells of, and not just the last one", async () => {
    const user = userEvent.setup();
    const older = {
      ...activityRow,
      entry: "e0",
      job: "j0",
      at: "2026-11-15T08:44:00Z",
      fields: [{ ...activityRow.fields[0]!, before: { kind: "status" as const, statusId: 7, label: "Awaiting Payment" } }],
    };
    const answers = { ...shop(), order: () => ({ ...orderDetail, history: [activityRow, older] }) };
    const { backend } = openWindow(at("orders?open=48219"), answers);
    await screen.findByText("Call first");
    press(["Ctrl", "K"]);
    await user.type(await screen.findByRole("combobox"), "undo: awaiting payment");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.last("plan_undo")).toEqual({ store: store.key, entries: ["e0"] }));
  });

  it("shows how the store is doing, as its button does", async () => {
    const user = userEvent.setup();
    openWindow(at("orders"), shop());
    await screen.findByText("48219");
    press(["Ctrl", "K"]);
    await user.type(await screen.findByRole("combobox"), "how the store");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("dialog", { name: "How the store is doing" })).toBeVisible();
  });

  it("finds an order by its customer, and opens it in its list", async () => {
    const user = userEvent.setup();
    const { backend, router } = openWindow(at("activity"), shop());
    await screen.findByText("Status of order 48219");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "customer 1");
    await user.click(await screen.findByRole("option", { name: /48218 Customer 1/ }));
    expect(backend.last("find")).toEqual({ store: store.key, search: "customer 1" });
    await waitFor(() => expect(router.state.location.pathname).toBe(at("orders")));
    expect(router.state.location.search).toEqual({ status: "all", open: "48218" });
  });

  it("says why something is off, and does not do it", async () => {
    const user = userEvent.setup();
    const answers = shop();
    answers["app_state"] = () => ({ ...appState, stores: [{ ...store, safety: "readOnly" }] });
    const { backend } = openWindow(at("orders?open=48219"), answers);
    await screen.findByText("Call first");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "to shipped");
    const option = await screen.findByRole("option", { name: /Change status to Shipped/ });
    expect(option).toHaveAttribute("aria-disabled", "true");
    expect(option).toHaveTextContent("This store is read-only here.");
    await user.keyboard("{Enter}");
    expect(screen.getByRole("dialog", { name: "Commands" })).toBeVisible();
    expect(backend.times("plan_change")).toBe(0);
  });

  it("knows what can be done with a list that loads while it is open, and holds what was chosen", async () => {
    const user = userEvent.setup();
    const answers = shop();
    const open = answers["open_orders"]!;
    const waiting: (() => void)[] = [];
    answers["open_orders"] = (query) => new Promise((resolve) => waiting.push(() => resolve(open(query))));
    openWindow(at("orders"), answers);
    await waitFor(() => expect(waiting).not.toHaveLength(0));
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "select all");
    const all = await screen.findByRole("option", { name: /Select all/ });
    expect(all).toHaveAttribute("aria-disabled", "true");
    for (const answer of waiting) answer();
    await waitFor(() => expect(screen.getByRole("option", { name: /Select all/ })).not.toHaveAttribute("aria-disabled"));
    expect(screen.getByRole("option", { name: /Select all/ })).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("region", { name: "Ticked orders" })).toBeVisible();
  });

  it("opens a question of the settings from anywhere, once", async () => {
    const user = userEvent.setup();
    const { router } = openWindow(at("orders"), shop());
    await screen.findByText("48219");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "remove store");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("alertdialog", { name: /^Remove/ })).toBeVisible();
    await waitFor(() => expect(router.state.location.search).toEqual({}));
  });

  it("replaces a token where what would be lost is said", async () => {
    const user = userEvent.setup();
    const { router } = openWindow(at("orders"), shop());
    await screen.findByText("48219");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "replace token");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/connect"));
  });

  it("offers a new product once, also on the products' own screen", async () => {
    const user = userEvent.setup();
    openWindow(at("products"), shop());
    await screen.findByRole("grid", { name: "Products" });
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "new product");
    expect(await screen.findAllByRole("option", { name: /^New product/ })).toHaveLength(1);
  });
});
