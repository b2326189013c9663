import { act, screen, waitFor } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { AppError, Examination, Loss, Store, StorefrontToken } from "../../ipc";
import { findings } from "../../testing/axe";
import { attempt, examined, fine, firstStart, handed, hash, lacking, madeUpToken } from "../../testing/connecting";
import type { Answers } from "../../testing/fakeBackend";
import { store } from "../../testing/shop";
import { openWindow } from "../../testing/window";
import { heading, pasteAndEnter } from "../../testing/wizard";

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

const someStorefrontToken: StorefrontToken = {
  last4: "9x7q",
  channels: ["1"],
  scopes: ["unauthenticated"],
  madeAt: "2026-06-01T00:00:00Z",
  expiresAt: "2027-06-01T00:00:00Z",
  remindAt: "2027-05-01T00:00:00Z",
  entry: "",
  isGone: false,
  isRefused: false,
};

const toNewToken = async (user: UserEvent) => {
  await heading("Hand over the credentials");
  await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
  await heading("Check");
};

/** To the last step, where the store is asked once more. */
const toReplaced = async (over: Answers) => {
  const opened = replacing(over);
  await toNewToken(opened.user);
  await screen.findByText("none of 4 is missing");
  await opened.user.keyboard("{Enter}");
  await heading("Name it");
  await opened.user.keyboard("{Enter}");
  await heading("The token is replaced");
  return opened;
};
const tick = "Tried out: the store answers to it";

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

  it("lends another store nothing that is the first one's", async () => {
    const other = { ...attempt, hash: "n3xt0ne", connectedAs: null };
    const { user, backend } = replacing(
      {
        connect_begin: () => ({ ...handed, attempt: other }),
        connect_check: () => ({ ...fine, store: { ...fine.store!, name: "Eastfold Outlet" } }),
      },
      { color: "berry", name: "Northfold West", safety: "readOnly" },
    );
    await toNewToken(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    expect(screen.getByLabelText("Name")).toHaveValue("Eastfold Outlet");
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(backend.last("connect_save")).toMatchObject({
        name: "Eastfold Outlet",
        color: "spruce",
        safety: "askRisky",
      }),
    );
  });

  it("keeps what was typed as a name to the store that it was typed for", async () => {
    const attempts = [
      { ...attempt, connectedAs: store.key },
      { ...attempt, attempt: "a2", hash: "n3xt0ne", connectedAs: null },
    ];
    const { user } = replacing({
      connect_begin: () => ({ ...handed, attempt: attempts.shift() ?? null }),
      connect_check: () => ({ ...fine, store: { ...fine.store!, name: "Eastfold Outlet" } }),
    });
    await toNewToken(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.type(screen.getByLabelText("Name"), " of the West");
    expect(screen.getByLabelText("Name")).toHaveValue("Northfold Supply of the West");
    await user.keyboard("{Escape}");
    await heading("Check");
    await user.click(screen.getByRole("button", { name: "Back" }));
    await heading("Hand over the credentials");
    await user.click(screen.getByRole("button", { name: "Replace…" }));
    await toNewToken(user);
    await user.keyboard("{Enter}");
    await heading("Name it");
    expect(screen.getByLabelText("Name")).toHaveValue("Eastfold Outlet");
  });

  it("says what would be lost before anything is replaced", async () => {
    const losses: Loss[] = [
      { scope: "customers", onlyModify: false, doubt: "lost" },
      { scope: "products", onlyModify: true, doubt: "oldUnproven" },
    ];
    const { user } = replacing({ connect_check: () => ({ ...lacking("customers"), losses }) });
    await toNewToken(user);
    expect(await screen.findByText("The token in use can do more: Customers would be lost")).toBeVisible();
    expect(screen.getByText("The token in use may be able to do more: changing Products")).toBeVisible();
    expect(screen.getByText(/ending in 0ld4 was meant to, but was never seen to/)).toBeVisible();
  });

  it("says that nobody knows whether writing is lost, and asks when told to", async () => {
    const losses: Loss[] = [
      { scope: "orders", onlyModify: true, doubt: "newUnchecked" },
      { scope: "products", onlyModify: true, doubt: "neitherChecked" },
    ];
    const lost: Loss[] = [{ scope: "orders", onlyModify: true, doubt: "lost" }];
    const { user, backend } = replacing({
      connect_check: () => ({ ...fine, losses }),
      connect_check_writes: () => ({ ...fine, losses: lost }),
    });
    await toNewToken(user);
    const words = /It isn’t checked whether the new token can do this, too: changing Orders, changing Products/;
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getByText(/can do some of it, and was meant to do the rest/)).toBeVisible();
    expect(backend.times("connect_check_writes")).toBe(0);
    await user.click(screen.getByRole("button", { name: "Check writing, too" }));
    expect(await screen.findByText("The token in use can do more: changing Orders would be lost")).toBeVisible();
    expect(screen.queryByText(words)).toBeNull();
    expect(await findings()).toEqual([]);
  });

  it("tries no writing on a store that is read-only here, and says so", async () => {
    const { user } = replacing({}, { safety: "readOnly" });
    await toNewToken(user);
    expect(await screen.findByText(/Writing isn’t checked: this store is read-only in Stockroom/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Check writing, too" })).toBeNull();
  });

  it("notices the same token", async () => {
    const { user } = replacing({}, { tokenLast4: attempt.last4 });
    await toNewToken(user);
    expect(await screen.findByText(/also ends in f3a9. If it is the same, saving changes nothing/)).toBeVisible();
  });

  it("tells nobody to delete the account of a token that was only given again", async () => {
    const { user, router } = replacing({}, { tokenLast4: attempt.last4 });
    await toNewToken(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
    expect(screen.queryByText(/^The account of the old token/)).toBeNull();
  });

  it("keeps a token in memory where the one before was, and says what that costs", async () => {
    const { user, backend } = replacing(
      { connect_save: () => ({ ...store, tokenHome: "untilQuit", tokenLast4: "f3a9" }) },
      { tokenHome: "untilQuit" },
    );
    await toNewToken(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    expect(screen.getByText(/After the next start, Stockroom asks for it again/)).toBeVisible();
    // In memory as the one before was: nothing leaves the keychain.
    expect(screen.queryByText(/goes out of the keychain/)).toBeNull();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.last("connect_save")).toMatchObject({ untilQuit: true }));
    expect(await heading("The token is replaced")).toBeVisible();
    expect(screen.getByText(/It is in memory until you quit/)).toBeVisible();
    expect(screen.queryByText(/in the keychain in one step/)).toBeNull();
  });

  it("asks for what the storefront takes, too, if the store has access to it", async () => {
    const { user, backend } = replacing({
      storefront_access: () => ({ current: { ...someStorefrontToken }, spare: null, lost: [] }),
    });
    await heading("Hand over the credentials");
    await user.keyboard("{Escape}");
    await heading("What may Stockroom do?");
    const box = await screen.findByRole("checkbox", { name: "Also make tokens for the storefront" });
    await waitFor(() => expect(box).toBeChecked());
    expect(box).toBeDisabled();
    expect(screen.getByText("Storefront API tokens", { selector: "td" })).toBeVisible();
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    await user.click(screen.getByRole("button", { name: "Copy a message for the store owner" }));
    expect(written.mock.lastCall?.[0]).toContain("- Channel settings: read-only\n- Storefront API tokens: manage");
    expect(await findings()).toEqual([]);
    expect(backend.times("connect_begin")).toBe(0);
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
    expect(backend.last("examine")).toEqual({ store: store.key });
    expect(screen.getByRole("heading", { level: 2 })).toHaveTextContent("The account of the old token (ending in 0ld4)");
    expect(screen.getByText("Webhooks that it created: they stop for good.")).toBeVisible();
    expect(await findings()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "API accounts in BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: store.key, page: "apiAccounts", id: null });
    await user.click(screen.getByRole("button", { name: /^Open the store/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
  });

  it("says that the new token is being tried out for as long as the store keeps quiet", async () => {
    const waiting: ((found: Examination) => void)[] = [];
    await toReplaced({ examine: () => new Promise<Examination>((resolve) => waiting.push(resolve)) });
    expect(await screen.findByText("Being tried out on the store")).toBeVisible();
    // What is known of the store from before says nothing of it.
    expect(screen.queryByText(tick)).toBeNull();
    act(() => waiting.forEach((answer) => answer(examined)));
    expect(await screen.findByText(tick)).toBeVisible();
  });

  it("says why the list of accounts could not be opened", async () => {
    const { user } = await toReplaced({
      open_page: () => {
        throw { code: "diskFull" } satisfies AppError;
      },
    });
    await user.click(await screen.findByRole("button", { name: "API accounts in BigCommerce" }));
    expect(await screen.findByText("The disk is full")).toBeVisible();
  });

  it("says why the store does not answer to the new token, and tries it again", async () => {
    const says: AppError[] = [{ code: "network", trouble: "timedOut", host: "api.bigcommerce.com" }];
    const { user, backend } = await toReplaced({
      examine: () => {
        const problem = says.shift();
        return problem ? { ...examined, answeredInMs: null, problem } : examined;
      },
    });
    expect(await screen.findByText("The store does not answer to it")).toBeVisible();
    expect(screen.queryByText(tick)).toBeNull();
    expect(screen.getByRole("alert")).toHaveTextContent("api.bigcommerce.com");
    expect(screen.getByText("Keep the old account for now")).toBeVisible();
    expect(await findings()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText(tick)).toBeVisible();
    expect(backend.times("examine")).toBe(2);
    expect(screen.queryByText("Keep the old account for now")).toBeNull();
  });

  it.each<AppError>([
    { code: "network", trouble: "timedOut", host: "api.bigcommerce.com" },
    { code: "cancelled" },
  ])("keeps what went wrong, and its button, until more is known: $code", async (problem) => {
    const waiting: ((found: Examination) => void)[] = [];
    const { user, backend, router } = await toReplaced({
      examine: () => new Promise<Examination>((resolve) => waiting.push(resolve)),
    });
    const answer = (found: Examination) => act(async () => Promise.resolve(waiting.shift()?.(found)));
    await waitFor(() => expect(waiting).toHaveLength(1));
    await answer({ ...examined, answeredInMs: null, problem });
    const button = await screen.findByRole("button", { name: "Try again" });
    button.focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Being tried out on the store")).toBeVisible();
    expect(button).toBeInTheDocument();
    expect(button).toHaveFocus();
    // Pressed once more meanwhile, nothing is asked twice, and nobody leaves.
    await user.keyboard("{Enter}");
    expect(backend.times("examine")).toBe(2);
    expect(router.state.location.pathname).toBe("/connect");
    await answer(examined);
    expect(await screen.findByText(tick)).toBeVisible();
    expect(button).not.toBeInTheDocument();
  });

  it("leads to another token where the store does not know the new one any more", async () => {
    const problem: AppError = { code: "unauthorized" };
    const { user, router } = await toReplaced({ examine: () => ({ ...examined, answeredInMs: null, problem }) });
    await user.click(await screen.findByRole("button", { name: "Replace the token…" }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/settings`));
  });
});
