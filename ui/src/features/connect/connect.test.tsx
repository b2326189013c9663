import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { AppError, CheckReport, FileTrouble, KeychainInfo, Store, TokenMistake } from "../../ipc";
import { findings } from "../../testing/axe";
import {
  attempt,
  elsewhere,
  fine,
  firstStart,
  handed,
  hash,
  lacking,
  madeUpToken,
  mistaken,
  panelAddress,
  refused,
  unreached,
} from "../../testing/connecting";
import type { Answers } from "../../testing/fakeBackend";
import { store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const heading = (name: string) => screen.findByRole("heading", { level: 1, name });
const fail = (error: AppError) => () => {
  throw error;
};

/** As Ctrl+V and Enter do. */
async function pasteAndEnter(user: UserEvent, field: HTMLElement, text: string) {
  await user.click(field);
  await user.paste(text);
  await user.keyboard("{Enter}");
}

async function toScopes(user: UserEvent) {
  await pasteAndEnter(user, await screen.findByLabelText("Address, API path or store hash"), panelAddress);
  await heading("What may Stockroom do?");
}

async function toCredentials(user: UserEvent) {
  await toScopes(user);
  await user.keyboard("{Enter}");
  await heading("Hand over the credentials");
}

async function toCheck(user: UserEvent) {
  await toCredentials(user);
  await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
  await heading("Check");
}

async function toName(user: UserEvent) {
  await toCheck(user);
  await screen.findByText("none of 4 is missing");
  await user.keyboard("{Enter}");
  await heading("Name it");
}

function open(over: Answers = {}, place = "/connect") {
  const user = userEvent.setup();
  return { user, ...openWindow(place, { ...firstStart(), ...over }) };
}

function checked(report: CheckReport, over: Answers = {}) {
  return open({ connect_check: () => report, ...over });
}

describe("the welcome", () => {
  it("has two doors, and a third when the environment names a store", async () => {
    openWindow("/", firstStart({ environment: { hash, last4: "f3a9" } }));
    expect(await screen.findByRole("button", { name: "Connect your store" })).toHaveFocus();
    expect(screen.getByRole("button", { name: "Open the sample store" })).toBeVisible();
    expect(screen.getByText(/names a store/)).toHaveTextContent("holds an access token ending in f3a9.");
    expect(screen.getByText(/^No account with us and no cloud/)).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("opens its first door with Enter", async () => {
    const { user } = open({}, "/");
    await screen.findByRole("button", { name: "Connect your store" });
    await user.keyboard("{Enter}");
    expect(await heading("Which store?")).toBeVisible();
  });

  it("opens the sample store with 2", async () => {
    const { user, router } = open({}, "/");
    await screen.findByRole("button", { name: "Open the sample store" });
    await user.keyboard("2");
    await waitFor(() => expect(router.state.location.pathname).toBe("/store/sample/orders"));
  });

  it("says why the sample store does not open", async () => {
    const { user } = open({ open_sample: fail({ code: "diskFull" }) }, "/");
    await user.click(await screen.findByRole("button", { name: "Open the sample store" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("The disk is full");
  });

  it("opens the sample store by itself, once, when it was asked for on the command line", async () => {
    const { backend, router } = openWindow("/welcome", firstStart({ openSample: true }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/store/sample/orders"));
    expect(backend.times("open_sample")).toBe(1);
  });

  it("pastes the pop-up's text with Ctrl+V, without it passing through the window: three actions in all", async () => {
    const { user, backend, router } = open({ connect_begin: () => ({ ...handed, kind: "popUp", hash }) }, "/");
    await screen.findByRole("button", { name: "Connect your store" });
    await user.keyboard("{Control>}v{/Control}");
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: "", preset: "ordersDesk", from: { kind: "clipboard" } });
    expect(backend.times("connect_begin")).toBe(1);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
  });

  it("names what is wrong with a paste where it can be mended", async () => {
    const { user } = open({ connect_begin: () => mistaken({ code: "token", mistake: "clientSecret" }) }, "/");
    await user.click(await screen.findByRole("button", { name: "Paste from clipboard" }));
    await heading("Hand over the credentials");
    expect(await screen.findByRole("alert")).toHaveTextContent("That is the client secret");
  });

  it("checks the environment's token without it ever being typed", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow("/", firstStart({ environment: { hash, last4: "f3a9" } }));
    await screen.findByRole("button", { name: "Use it" });
    await user.keyboard("3");
    await heading("Check");
    expect(await screen.findByText("none of 4 is missing")).toBeVisible();
    expect(backend.times("connect_check")).toBe(1);
    expect(backend.times("connect_begin")).toBe(0);
  });
});

describe("connecting a store", () => {
  it("goes from an address to a saved store by keyboard alone", async () => {
    const { user, backend, router } = open();
    await toName(user);
    expect(screen.getByLabelText("Name")).toHaveFocus();
    expect(screen.getByLabelText("Name")).toHaveValue("Northfold Supply");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
    expect(backend.last("connect_begin")).toEqual({
      address: hash,
      preset: "ordersDesk",
      from: { kind: "typed", token: madeUpToken },
    });
    expect(backend.last("connect_tidy")).toEqual({ clipboard: true, file: true });
    expect(backend.last("connect_save")).toEqual({
      attempt: attempt.attempt,
      name: "Northfold Supply",
      color: "spruce",
      safety: "askRisky",
      untilQuit: false,
    });
  });

  it("moves the focus along with each step", async () => {
    const { user } = open();
    expect(await screen.findByLabelText("Address, API path or store hash")).toHaveFocus();
    await toScopes(user);
    expect(await heading("What may Stockroom do?")).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(await heading("Hand over the credentials")).toHaveFocus();
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    expect(await heading("Check")).toHaveFocus();
  });

  it("is readable for a screen reader at every step", async () => {
    const { user } = open();
    await heading("Which store?");
    expect(await findings()).toEqual([]);
    await toScopes(user);
    expect(await findings()).toEqual([]);
    await user.keyboard("{Enter}");
    await heading("Hand over the credentials");
    expect(await findings()).toEqual([]);
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    await screen.findByText("none of 4 is missing");
    expect(await findings()).toEqual([]);
    await user.keyboard("{Enter}");
    await heading("Name it");
    expect(await findings()).toEqual([]);
  });
});

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
    expect(field).toHaveValue("");
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

describe("what Stockroom may do", () => {
  it("names the scopes before anything can fail", async () => {
    const { user, backend } = open();
    await toScopes(user);
    const table = screen.getByRole("table");
    expect(within(table).getByRole("row", { name: /^3 Orders modify The order list, status and staff notes/ })).toBeVisible();
    expect(within(table).getByRole("row", { name: /^2 Information & settings read-only/ })).toBeVisible();
    expect(screen.getByText("Settings › API › Store-level API accounts › Create API account")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Open BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: null, page: "apiAccounts", id: null });
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

  it("draws the page for either of the control panel's layouts", async () => {
    const { user } = open();
    await toScopes(user);
    expect(screen.getByText("Settings › API › Store-level API accounts › Create API account")).toBeVisible();
    await user.click(screen.getByRole("radio", { name: "Advanced Settings" }));
    expect(screen.getByText("Advanced Settings › API Accounts › Create API Account")).toBeVisible();
    expect(screen.getByRole("img", { name: /Marked on it: Customers, Read-only, Information & settings, Read-only, Orders, Modify/ })).toBeVisible();
    expect(await findings()).toEqual([]);
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

describe("handing over the credentials", () => {
  it("takes a file that is chosen, and learns nothing of it but its name and what it is for", async () => {
    const fromFile = { ...handed, kind: "credentialsFile", fileName: "BigCommerceAPI-credentials-1.txt", clientName: "Packing desk" };
    const { user, backend } = open({ connect_begin: () => fromFile });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: "Choose the file…" }));
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: hash, preset: "ordersDesk", from: { kind: "chosen" } });
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Escape}");
    expect(await screen.findByText(/^From BigCommerceAPI-credentials-1\.txt\. The account is called Packing desk\./)).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("stays where it is when the dialog is closed", async () => {
    const { user } = open({ connect_begin: fail({ code: "cancelled" }) });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: "Choose the file…" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "Choose the file…" })).toBeEnabled());
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("pastes from the clipboard with Ctrl+V, without the text passing through the window", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    await user.keyboard("{Control>}v{/Control}");
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: hash, preset: "ordersDesk", from: { kind: "clipboard" } });
  });

  it("leaves Ctrl+V to a field that has the cursor", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    await user.click(screen.getByLabelText("Access token"));
    await user.keyboard("{Control>}v{/Control}");
    expect(backend.times("connect_begin")).toBe(0);
  });

  it("takes a file that is dropped, at any of the first steps", async () => {
    const { backend } = open();
    await heading("Which store?");
    act(() => backend.tell({ kind: "fileDropped", name: "BigCommerceAPI-credentials-1.txt" }));
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: "", preset: "ordersDesk", from: { kind: "dropped" } });
  });

  it("shows where a file can be let go", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    act(() => backend.tell({ kind: "fileOver", over: true }));
    expect(await screen.findByText("Let go to hand it over")).toBeVisible();
    act(() => backend.tell({ kind: "fileOver", over: false }));
    expect(await screen.findByText(/^Drop BigCommerceAPI-credentials/)).toBeVisible();
  });

  it("skips the first step, and learns the store from the credentials", async () => {
    const { user, backend } = open({ connect_begin: () => ({ ...handed, hash }) });
    await user.click(await screen.findByRole("button", { name: "I don’t know it, skip" }));
    await heading("What may Stockroom do?");
    expect(screen.getByText("Left to the credentials")).toBeVisible();
    await user.keyboard("{Enter}");
    await user.click(await screen.findByRole("button", { name: /^Paste from clipboard/ }));
    await heading("Check");
    expect(backend.last("connect_begin")).toMatchObject({ address: "" });
    expect(screen.getByText(`Store hash ${hash}`)).toBeVisible();
  });

  it("asks which store a token alone is for, and keeps the token meanwhile", async () => {
    const answers = [mistaken({ code: "noStore" }), handed];
    const { user, backend } = open({ connect_begin: () => answers.shift() });
    await user.click(await screen.findByRole("button", { name: "I don’t know it, skip" }));
    await user.keyboard("{Enter}");
    await user.click(await screen.findByRole("button", { name: /^Paste from clipboard/ }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Which store is it for?");
    expect(screen.getByLabelText("Store hash")).toHaveFocus();
    expect(await findings()).toEqual([]);
    await user.keyboard(`${hash}{Enter}`);
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: hash, preset: "ordersDesk", from: { kind: "again" } });
  });

  it("notices credentials of another store, and offers that one", async () => {
    const answers = [mistaken({ code: "otherStore", wanted: hash, found: "zzz999" }), { ...handed, attempt: { ...attempt, hash: "zzz999" } }];
    const { user, backend } = open({ connect_begin: () => answers.shift() });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: "Choose the file…" }));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent(`You named ${hash}, and they are for zzz999.`);
    await user.click(within(alert).getByRole("button", { name: "Use zzz999" }));
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: "zzz999", preset: "ordersDesk", from: { kind: "again" } });
    expect(screen.getByText("Store hash zzz999")).toBeVisible();
  });

  it("names a file that holds something else, and lets choose again", async () => {
    const wrong = { ...mistaken({ code: "token", mistake: "missing" }), fileName: "shopping.txt" };
    const { user, backend } = open({ connect_begin: () => wrong });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: "Choose the file…" }));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("There is no access token in it");
    expect(alert).toHaveTextContent("In shopping.txt:");
    await user.click(within(alert).getByRole("button", { name: "Choose again…" }));
    await waitFor(() => expect(backend.times("connect_begin")).toBe(2));
  });

  const files: [FileTrouble, string][] = [
    ["gone", "The file is no longer there"],
    ["forbidden", "The file may not be read"],
    ["noFile", "That is no file"],
    ["other", "The file can’t be read"],
  ];
  it.each(files)("says of a file that it is %s", async (trouble, words) => {
    const { backend } = open({ connect_begin: () => ({ ...mistaken({ code: "file", trouble }), fileName: "a.txt" }) });
    await heading("Which store?");
    act(() => backend.tell({ kind: "fileDropped", name: "a.txt" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
  });

  it("says that the clipboard can't be read, and what to do instead", async () => {
    const { user } = open({ connect_begin: fail({ code: "clipboardFailed", message: "no answer." }) });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: /^Paste from clipboard/ }));
    expect(await screen.findByRole("alert")).toHaveTextContent(/The clipboard can’t be read.*no answer\. Paste into the field/);
  });

  it("asks again for another preset without another look at the token", async () => {
    const { user, backend } = open();
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Escape}{Escape}");
    await heading("What may Stockroom do?");
    await user.click(screen.getByRole("radio", { name: /^Everything/ }));
    await user.click(screen.getByRole("button", { name: /^I have the credentials/ }));
    await user.click(await screen.findByRole("button", { name: /^Continue/ }));
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: hash, preset: "everything", from: { kind: "again" } });
  });

  it("keeps lines apart that are pasted into the field of one line", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    await pasteAndEnter(user, screen.getByLabelText("Access token"), `ACCESS TOKEN: ${madeUpToken}\r\nCLIENT ID: abc\n`);
    await heading("Check");
    expect(backend.last("connect_begin")).toMatchObject({
      from: { kind: "typed", token: `ACCESS TOKEN: ${madeUpToken}  CLIENT ID: abc  ` },
    });
  });

  it("covers the token, until asked to show it", async () => {
    const { user } = open();
    await toCredentials(user);
    const field = screen.getByLabelText("Access token");
    expect(field).toHaveAttribute("type", "password");
    expect(field).toHaveAttribute("autocomplete", "off");
    await user.click(screen.getByRole("button", { name: "Show Access token" }));
    expect(field).toHaveAttribute("type", "text");
  });

  it("keeps nothing of the token: not in the field, the page, the address or the cache", async () => {
    const { user, client, router } = open();
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    const cached = JSON.stringify([
      client.getQueryCache().getAll().map(({ queryKey, state }) => [queryKey, state.data]),
      client.getMutationCache().getAll().map(({ state }) => [state.variables, state.data]),
    ]);
    expect(cached).not.toContain(madeUpToken);
    expect(router.state.location.href).not.toContain(madeUpToken);
    expect(document.documentElement.outerHTML).not.toContain(madeUpToken);
    await user.keyboard("{Escape}");
    await heading("Hand over the credentials");
    expect(screen.queryByLabelText("Access token")).toBeNull();
    expect(screen.getByText("The token ending in f3a9 is held in memory")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Replace…" }));
    expect(screen.getByLabelText("Access token")).toHaveValue("");
  });

  const mistakes: [TokenMistake, string][] = [
    ["empty", "The token is missing"],
    ["clientSecret", "That is the client secret"],
    ["storefrontToken", "That is a storefront token"],
    ["cutOff", "The end of the token is missing"],
    ["masked", "Those are dots, not the token"],
    ["apiPath", "That is the API path"],
    ["whitespace", "There are spaces inside"],
    ["characters", "That doesn’t look like a token"],
    ["tooLong", "That is far too long for a token"],
    ["clientId", "That is the client ID"],
    ["stencilToken", "That is the token of a Stencil CLI account"],
    ["shopify", "That is a token of Shopify"],
    ["filePath", "That is where the file lies, not what is in it"],
    ["placeholder", "That only stands for a token"],
    ["several", "There is more than one token in it"],
  ];
  it.each(mistakes)("names the mistake %s, empties the field and puts the cursor there", async (mistake, words) => {
    const { user } = open({ connect_begin: () => mistaken({ code: "token", mistake }) });
    await toCredentials(user);
    const field = screen.getByLabelText("Access token");
    await pasteAndEnter(user, field, "something wrong");
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
    expect(field).toHaveValue("");
    expect(field).toHaveFocus();
    expect(field).toBeInvalid();
    expect(await findings()).toEqual([]);
  });

  it("only remarks on an unusual length", async () => {
    const { user } = open({ connect_begin: () => ({ ...handed, attempt: { ...attempt, unusualLength: 28 } }) });
    await toCheck(user);
    expect(await screen.findByText(/The token has 28 characters/)).toBeVisible();
  });

  it("forgets the token when the hash becomes another", async () => {
    const { user, backend } = open();
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Escape}");
    const before = backend.times("connect_forget");
    await user.type(await screen.findByLabelText("Store hash"), "2");
    expect(await screen.findByRole("alert")).toHaveTextContent(`belonged to the store hash ${hash}`);
    expect(backend.times("connect_forget")).toBeGreaterThan(before);
    expect(screen.getByLabelText("Access token")).toHaveValue("");
  });
});

describe("the check", () => {
  it("grows line by line, and can be stopped", async () => {
    const ends: ((report: CheckReport) => void)[] = [];
    const { user, backend } = open({ connect_check: () => new Promise((resolve) => ends.push(resolve)) });
    await toCheck(user);
    const report: CheckReport = {
      ...unreached({ code: "cancelled" }),
      finished: false,
      lines: fine.lines.map(({ step }) => ({ step, state: step === "reached" ? "ok" : "waiting", problem: null })),
    };
    act(() => backend.tell({ kind: "check", report: { ...report, answeredInMs: 182 } }));
    expect(await screen.findByText("api.bigcommerce.com answered in 182 ms")).toBeVisible();
    expect(screen.getByRole("button", { name: "Continue" })).toBeDisabled();
    act(() => backend.tell({ kind: "check", report: { ...report, waiting: { seconds: 8, because: "quotaUsedUp" } } }));
    expect(await screen.findByText("Other apps are using this store’s quota, goes on in 8 s")).toBeVisible();
    await user.keyboard("{Escape}");
    expect(await screen.findByRole("alert")).toHaveTextContent("The check was stopped");
    expect(backend.times("connect_forget")).toBeGreaterThan(0);
    // A late answer changes nothing.
    act(() => ends[0]?.(fine));
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Hand over the credentials");
  });

  it("says which store it is", async () => {
    const { user } = open();
    await toCheck(user);
    const list = await screen.findByText("1204 Harbor Ave, Bellingham, WA · USD · Pacific time · Pro plan");
    expect(list).toBeVisible();
    expect(screen.getByText("ends in f3a9, stored nowhere yet")).toBeVisible();
    expect(screen.getByText("450 requests in 30 s, 444 left just now")).toBeVisible();
  });

  it("lists all missing scopes at once, with the remedy", async () => {
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    const { user } = checked(lacking("Orders"));
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    await toCheck(user);
    const panel = await screen.findByRole("alert", { name: "1 scope is missing" });
    expect(panel).toHaveTextContent("BigCommerce doesn’t let anyone edit the scopes of an account.");
    expect(panel).toHaveTextContent("Create a new account with exactly these 4");
    expect(panel).toHaveTextContent("Orders can’t be listed or changed");
    await user.click(within(panel).getByRole("button", { name: "Copy" }));
    expect(written).toHaveBeenLastCalledWith("- Customers: read-only\n- Information & settings: read-only\n- Orders: modify\n- Products: read-only");
    await user.click(within(panel).getByRole("button", { name: "Copy for owner" }));
    expect(written.mock.lastCall?.[0]).toContain("- Orders: modify");
    expect(written.mock.lastCall?.[0]).not.toContain(madeUpToken);
    expect(await findings()).toEqual([]);
  });

  it("goes on with less only when told to", async () => {
    const { user } = checked(lacking("Orders"));
    await toCheck(user);
    await screen.findByText("1 of 4 is missing");
    await user.keyboard("{Enter}");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Check");
    await user.click(screen.getByRole("button", { name: "Continue with less" }));
    expect(await heading("Name it")).toBeVisible();
  });

  it("recognizes a token without any scope", async () => {
    const { user } = checked(lacking("Customers", "Information & settings", "Orders", "Products"));
    await toCheck(user);
    expect(await screen.findByRole("alert", { name: "This token has no scopes at all" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Continue with less" })).toBeNull();
  });

  it("does not call a token scopeless that was made for something else", async () => {
    const none = lacking("Customers", "Information & settings", "Orders", "Products");
    const problem: AppError = { code: "otherScopes", labels: ["Marketing", "Themes"] };
    const lines = none.lines.map((line) => (line.step === "scopes" ? { ...line, problem } : line));
    const { user } = checked({ ...none, lines });
    await toCheck(user);
    const panel = await screen.findByRole("alert", { name: "This token was made for something else" });
    expect(panel).toHaveTextContent("It opens Marketing, Themes, and nothing that Stockroom has a use for.");
  });

  it("goes back to the first step when it is somebody else's store", async () => {
    const { user, backend } = open();
    await toCheck(user);
    const button = await screen.findByRole("button", { name: "Not my store" });
    const before = backend.times("connect_forget");
    await user.click(button);
    await heading("Which store?");
    expect(backend.times("connect_forget")).toBeGreaterThan(before);
  });

  const host = "api.bigcommerce.com";
  const failures: [string, CheckReport, string, string, string][] = [
    ["no network", unreached({ code: "network", trouble: "dns", host }), "No network, or no such host", host, "Check again"],
    ["a closed door", unreached({ code: "network", trouble: "refused", host }), `Nobody answers at ${host}`, "firewall", "Check again"],
    ["a proxy", unreached({ code: "network", trouble: "proxy", host }), `The proxy refuses ${host}`, "allow", "Check again"],
    ["an opened connection", unreached({ code: "network", trouble: "tls", host }), `The connection to ${host} can’t be trusted`, "Your token was not sent", "Check again"],
    ["no answer", unreached({ code: "network", trouble: "timedOut", host }), `No answer from ${host}`, "in time", "Check again"],
    ["a cut", unreached({ code: "network", trouble: "reset", host }), `The connection to ${host} was cut`, "Check again", "Check again"],
    ["a detour", unreached({ code: "network", trouble: "redirected", host }), `${host} pointed to another address`, "doesn’t follow it", "Check again"],
    ["a revoked token", refused, "BigCommerce doesn’t know this token", "revoked, or a letter is missing", "Paste the token again"],
    ["another store's token", elsewhere, "Hash and token don’t belong together", `Either ${hash} is not the hash of your store, or the token was made in another store`, "Compare hash and token"],
    ["a store that is down", unreached({ code: "storeUnavailable", trouble: "unavailable", status: 503 }), "The store is not available", "status 503", "Check again"],
    ["a locked store", unreached({ code: "storeUnavailable", trouble: "locked", status: 423 }), "The store is locked", "control panel", "Check again"],
    ["a page in place of data", unreached({ code: "unexpectedAnswer", path: "$" }), "The store answered in an unknown way", "sign in to this network", "Copy a report"],
    ["an odd answer", unreached({ code: "unexpectedAnswer", path: "data.currency" }), "The store answered in an unknown way", "data.currency", "Copy a report"],
  ];
  it.each(failures)("names %s, and one next step", async (_name, report, cause, more, step) => {
    const { user } = checked(report);
    await toCheck(user);
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByRole("heading", { name: cause })).toBeVisible();
    const panel = screen.getByRole("region", { name: cause });
    expect(panel).toHaveTextContent(more);
    expect(within(panel).getByRole("button", { name: step })).toBeVisible();
    expect(screen.getByRole("button", { name: "Continue" })).toBeDisabled();
    expect(await findings()).toEqual([]);
  });

  it("waits by itself when the quota is used up, showing the seconds", async () => {
    const answers = [unreached({ code: "rateLimited", seconds: 2 }), fine];
    const { user, backend } = open({ connect_check: () => answers.shift() });
    await toCheck(user);
    expect(await screen.findByText("Checks again by itself in 2 s.")).toBeVisible();
    expect(await screen.findByText("Checks again by itself in 1 s.", {}, { timeout: 2000 })).toBeVisible();
    expect(await screen.findByText("none of 4 is missing", {}, { timeout: 2000 })).toBeVisible();
    expect(backend.times("connect_check")).toBe(2);
  });

  it("warns of a clock that is far off", async () => {
    const { user } = checked({ ...fine, clockAheadSeconds: -420 });
    await toCheck(user);
    expect(await screen.findByRole("alert")).toHaveTextContent("This computer’s clock is 7 minutes behind");
  });

  it("asks for the token again when it is no longer at hand", async () => {
    const { user } = open({ connect_check: fail({ code: "attemptGone" }) });
    await toCredentials(user);
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    expect(await screen.findByText("The token is no longer at hand")).toBeVisible();
    expect(screen.getByLabelText("Store hash")).toHaveValue(hash);
  });

  it("lets go of the token when the wizard is left", async () => {
    const { user, backend, router } = open({}, "/welcome");
    await screen.findByRole("button", { name: "Connect your store" });
    await user.keyboard("1");
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Escape}{Escape}{Escape}");
    await heading("Which store?");
    await user.keyboard("{Escape}");
    const before = backend.times("connect_forget");
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Leave" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/welcome"));
    await waitFor(() => expect(backend.times("connect_forget")).toBeGreaterThan(before));
  });
});

/** What is known once the person has let writing be asked about. */
const asked = (write: "granted" | "missing"): CheckReport => ({
  ...fine,
  lines: fine.lines.map((line) =>
    line.step === "scopes" && write === "missing"
      ? { ...line, state: "bad", problem: { code: "missingScope", needs: { label: "Orders", modify: true } } }
      : line,
  ),
  scopes: fine.scopes.map((line) => (line.wantsModify ? { ...line, write } : line)),
});

describe("checking writing", () => {
  it("happens only on request, and says that nothing was created", async () => {
    const { user, backend } = open({ connect_check_writes: () => asked("granted") });
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    expect(screen.getByRole("row", { name: /^Orders granted not checked/ })).toBeVisible();
    expect(backend.times("connect_check_writes")).toBe(0);
    await user.click(screen.getByRole("button", { name: "Check writing, too" }));
    expect(await screen.findByRole("row", { name: /^Orders granted granted/ })).toBeVisible();
    expect(screen.getByText(/Nothing was created/)).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("puts what is missing into the list with the remedy", async () => {
    const { user } = open({ connect_check_writes: () => asked("missing") });
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    await user.click(screen.getByRole("button", { name: "Check writing, too" }));
    expect(await screen.findByRole("heading", { name: "1 scope is missing" })).toBeVisible();
    expect(screen.getByText("was read-only")).toBeVisible();
    expect(screen.getByText("Orders can be read but not changed")).toBeVisible();
  });
});

describe("naming a store", () => {
  const none: KeychainInfo = { available: false, locked: false, name: "" };

  it("keeps what was chosen while going back and forth", async () => {
    const { user, backend } = open();
    await toName(user);
    await user.clear(screen.getByLabelText("Name"));
    await user.type(screen.getByLabelText("Name"), "Wholesale");
    await user.click(screen.getByRole("radio", { name: "Berry" }));
    await user.click(screen.getByRole("radio", { name: /^Read-only/ }));
    await user.keyboard("{Escape}");
    await heading("Check");
    await user.keyboard("{Enter}");
    await heading("Name it");
    expect(screen.getByLabelText("Name")).toHaveValue("Wholesale");
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(backend.last("connect_save")).toMatchObject({ name: "Wholesale", color: "berry", safety: "readOnly" }),
    );
  });

  it("says what could not be put away, and opens the store all the same", async () => {
    const { user, router } = open({ connect_tidy: () => ({ clipboard: "nothing", file: "failed" }) });
    await toName(user);
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("could not be moved to the trash: delete it yourself");
    expect(await findings()).toEqual([]);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
  });

  it("puts away only what it was told to", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    await user.click(screen.getByRole("checkbox", { name: "Move the file to the trash" }));
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.last("connect_tidy")).toEqual({ clipboard: true, file: false }));
  });

  it("wants a name", async () => {
    const { user, backend } = open();
    await toName(user);
    await user.clear(screen.getByLabelText("Name"));
    await user.keyboard("{Enter}");
    expect(await screen.findByText("A store needs a name. Type one of 1 to 80 characters.")).toBeVisible();
    expect(backend.times("connect_save")).toBe(0);
  });

  it("without a keychain, offers memory and never a file", async () => {
    const { user, backend } = open({ keychain: () => none });
    await toName(user);
    expect(await screen.findByText("Stockroom never writes a token to a file. It can hold it in memory instead.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Save and start the first pull" })).toBeDisabled();
    expect(await findings()).toEqual([]);
    await user.click(screen.getByRole("checkbox", { name: "Keep it until I quit" }));
    await user.click(screen.getByRole("button", { name: "Save and start the first pull" }));
    await waitFor(() => expect(backend.last("connect_save")).toMatchObject({ untilQuit: true }));
  });

  it("keeps a token until it quits for whoever chooses so, with a keychain too", async () => {
    const { user, backend } = open();
    await toName(user);
    await user.click(await screen.findByRole("button", { name: "Keep it until I quit instead" }));
    expect(screen.getByRole("button", { name: "Use the keychain after all" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Save and start the first pull" }));
    await waitFor(() => expect(backend.last("connect_save")).toMatchObject({ untilQuit: true }));
  });

  it("says that a locked keychain will ask, and what is waited for", async () => {
    const locked = { available: true, locked: true, name: "GNOME Keyring" };
    const { user, backend } = open({ keychain: () => locked, connect_save: () => new Promise(() => undefined) });
    await toName(user);
    expect(await screen.findByText(/Its password prompt may appear when you save/)).toBeVisible();
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Waiting for your keychain");
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Nothing was saved");
    expect(backend.times("connect_forget")).toBeGreaterThan(0);
  });

  const keychain: [AppError, string][] = [
    [{ code: "keychainAbsent" }, "No keychain answers on this system"],
    [{ code: "keychainLocked" }, "The keychain stayed locked"],
    [{ code: "keychainRefused" }, "The keychain stayed closed"],
    [{ code: "keychainNoEntry" }, "The keychain didn’t keep the token"],
    [{ code: "keychainAmbiguous" }, "The keychain holds two tokens for this store"],
    [{ code: "keychainFailed", message: "no room." }, "It said: no room. Nothing was saved"],
  ];
  it.each(keychain)("when the keychain says $code, loses nothing and offers memory", async (error, words) => {
    const save = vi.fn<(input: { untilQuit: boolean }) => unknown>(({ untilQuit }) => {
      if (!untilQuit) throw error;
      return { ...store };
    });
    const { user } = open({ connect_save: save as never });
    await toName(user);
    await user.type(screen.getByLabelText("Name"), " West{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
    expect(screen.getByLabelText("Name")).toHaveValue("Northfold Supply West");
    await user.click(screen.getByRole("button", { name: "Keep it until I quit" }));
    await waitFor(() => expect(save).toHaveBeenLastCalledWith(expect.objectContaining({ untilQuit: true, name: "Northfold Supply West" })));
  });
});

/** The wizard for a store whose old token ends in `0ld4`. */
const replacing = (over: Answers = {}, old: Partial<Store> = {}) => {
  const user = userEvent.setup();
  const opened = openWindow(`/connect?store=${store.key}`, {
    ...firstStart({ stores: [{ ...store, tokenLast4: "0ld4", ...old }], current: store.key }),
    connect_begin: () => ({ ...handed, attempt: { ...attempt, connectedAs: store.key } }),
    ...over,
  });
  return { user, ...opened };
};

const toNewToken = async (user: UserEvent) => {
  await heading("Hand over the credentials");
  await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
  await heading("Check");
};

describe("replacing a token", () => {
  it("starts at the credentials and keeps the store's name, color and safety", async () => {
    const berry = { ...store, color: "berry" as const, name: "Northfold West", tokenLast4: "0ld4" };
    const user = userEvent.setup();
    const { backend } = openWindow(`/connect?store=${store.key}`, {
      ...firstStart({ stores: [berry], current: store.key }),
      connect_begin: () => ({ ...handed, attempt: { ...attempt, connectedAs: store.key } }),
    });
    await heading("Hand over the credentials");
    expect(screen.getByLabelText("Store hash")).toHaveValue(hash);
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    expect(await screen.findByText(/Already connected as Northfold West. Saving replaces its token/)).toBeVisible();
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.click(screen.getByRole("button", { name: "Save and use the new token" }));
    await waitFor(() =>
      expect(backend.last("connect_save")).toMatchObject({ name: "Northfold West", color: "berry", safety: "askAlways" }),
    );
  });

  it("says what would be lost before anything is replaced", async () => {
    const { user } = replacing({ connect_check: () => lacking("Customers") });
    await toNewToken(user);
    expect(await screen.findByText("The token in use can do more: Customers would be lost")).toBeVisible();
  });

  it("does not call lost what the old token never had", async () => {
    const missingScopes = [{ label: "Customers", modify: false, readable: false }];
    const { user } = replacing({ connect_check: () => lacking("Customers") }, { missingScopes });
    await toNewToken(user);
    expect(await screen.findByRole("heading", { name: "1 scope is missing" })).toBeVisible();
    expect(screen.queryByText(/would be lost/)).toBeNull();
  });

  it("notices the same token", async () => {
    const { user } = replacing({}, { tokenLast4: attempt.last4 });
    await toNewToken(user);
    expect(await screen.findByText(/also ends in f3a9. If it is the same, saving changes nothing/)).toBeVisible();
  });

  it("tries the new token out, and says what deleting the old account takes along", async () => {
    const { user, backend, router } = replacing();
    await toNewToken(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.keyboard("{Enter}");
    expect(await heading("The token is replaced")).toBeVisible();
    expect(await screen.findByText("Tried out: the store answers to it")).toBeVisible();
    expect(screen.getByRole("heading", { level: 2 })).toHaveTextContent("The account of the old token (ending in 0ld4)");
    expect(screen.getByText("Webhooks that it created: they stop for good.")).toBeVisible();
    expect(await findings()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "API accounts in BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: store.key, page: "apiAccounts", id: null });
    await user.click(screen.getByRole("button", { name: /^Open the store/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
  });
});

describe("the field for the token", () => {
  it("hands its text out once", async () => {
    const { user } = open({ connect_begin: () => new Promise(() => undefined) });
    await toCredentials(user);
    const field = screen.getByLabelText<HTMLInputElement>("Access token");
    await user.type(field, madeUpToken);
    fireEvent.submit(field);
    expect(field).toHaveValue("");
    expect(field.defaultValue).toBe("");
  });
});
