import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { AppError, Store, StorefrontAccess, StorefrontRevoke, StorefrontToken, StorefrontWish } from "../../ipc";
import { findings } from "../../testing/axe";
import type { Answers } from "../../testing/fakeBackend";
import { appState, shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();

const token: StorefrontToken = {
  last4: "9x7q",
  channels: ["1"],
  scopes: ["unauthenticated"],
  madeAt: inDays(-1),
  expiresAt: inDays(89),
  remindAt: inDays(75),
  entry: "Stockroom, storefront of abc123",
  isGone: false,
  isRefused: false,
};

/** A window at the settings; what is made and revoked is told from then on. */
function open(access: Partial<StorefrontAccess> = {}, over: Answers = {}, one: Partial<Store> = {}) {
  const told: StorefrontAccess = { current: null, spare: null, lost: [], ...access };
  const user = userEvent.setup();
  const opened = openWindow(`/store/${store.key}/settings`, {
    ...shop(),
    app_state: () => ({ ...appState, stores: [{ ...store, ...one }] }),
    storefront_access: () => ({ ...told }),
    make_storefront_token: (wish: StorefrontWish) => {
      told.current = { ...token, last4: "new1", channels: wish.channels, scopes: wish.scopes };
      return { host: "store-abc123.mybigcommerce.com", tookMs: 120, shop: "Northfold Supply", withoutSite: [] };
    },
    try_storefront_token: () => ({ host: "store-abc123.mybigcommerce.com", tookMs: 80, shop: null, withoutSite: [] }),
    revoke_storefront_token: ({ which }: StorefrontRevoke) => {
      if (which === "lost") told.lost = [];
      else told[which] = null;
      return null;
    },
    ...over,
  });
  return { user, ...opened };
}

const part = () => screen.findByRole("region", { name: "Storefront access" });
const fail = (error: AppError) => () => {
  throw error;
};

/** What is asked for by `command` goes on until it is stopped. */
function stoppable(command: string): Answers {
  const waiting: ((error: AppError) => void)[] = [];
  return {
    [command]: () => new Promise((_, reject) => waiting.push(reject)),
    cancel_unlock: () => {
      for (const stop of waiting) stop({ code: "cancelled" });
      return null;
    },
  };
}

describe("access to the storefront", () => {
  it("is made in a dialog that says what the token may do, and is tried out at once", async () => {
    const { user, backend } = open();
    expect(await within(await part()).findByText("No token for the storefront")).toBeVisible();
    await user.click(within(await part()).getByRole("button", { name: "Make a token…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(await within(dialog).findByRole("checkbox", { name: "Northfold" })).toBeChecked();
    expect(await findings()).toEqual([]);
    await user.click(within(dialog).getByRole("checkbox", { name: "What company buyers see" }));
    await user.click(within(dialog).getByRole("radio", { name: "A year" }));
    await user.click(within(dialog).getByRole("button", { name: "Make it" }));
    await waitFor(() =>
      expect(backend.last("make_storefront_token")).toEqual({
        store: store.key,
        channels: ["1"],
        scopes: ["unauthenticated", "b2b"],
        days: 365,
        untilQuit: false,
      }),
    );
    expect(await screen.findByText("Tried out: Northfold Supply answered in 120 ms.")).toBeVisible();
    expect(screen.queryByRole("alertdialog")).toBeNull();
    expect(await part()).toHaveTextContent("new1");
  });

  it("is made for as many of the shop’s channels as are ticked", async () => {
    const channels = [
      { id: "1", name: "Northfold" },
      { id: "667", name: "Northfold Trade" },
    ];
    const { user, backend } = open({}, { storefront_channels: () => ({ channels }) });
    await user.click(within(await part()).getByRole("button", { name: "Make a token…" }));
    const dialog = await screen.findByRole("alertdialog");
    await user.click(await within(dialog).findByRole("checkbox", { name: "Northfold Trade" }));
    await user.click(within(dialog).getByRole("button", { name: "Make it" }));
    await waitFor(() => expect(backend.last("make_storefront_token")).toMatchObject({ channels: ["1", "667"] }));
    expect(await within(await part()).findByText("Northfold, Northfold Trade")).toBeVisible();
  });

  it("names the channels that have no site once it is tried out", async () => {
    const channels = [
      { id: "1", name: "Northfold" },
      { id: "667", name: "Northfold Trade" },
    ];
    const tried = { host: "store-abc123.mybigcommerce.com", tookMs: 80, shop: "Northfold Supply", withoutSite: ["667"] };
    const { user } = open(
      { current: { ...token, channels: ["1", "667"] } },
      { storefront_channels: () => ({ channels }), try_storefront_token: () => tried },
    );
    await user.click(await within(await part()).findByRole("button", { name: "Try it out" }));
    const words = "Tried out: Northfold Supply answered in 80 ms. Nothing answers for Northfold Trade: that channel has no site.";
    expect(await screen.findByText(words)).toBeVisible();
  });

  it("takes channels by number where the access token can't list them", async () => {
    const { user, backend } = open({}, { storefront_channels: fail({ code: "missingScope", needs: null }) });
    await user.click(within(await part()).getByRole("button", { name: "Make a token…" }));
    const dialog = await screen.findByRole("alertdialog");
    const numbers = await within(dialog).findByLabelText("Channel numbers");
    await user.clear(numbers);
    await user.type(numbers, "1, x");
    expect(within(dialog).getByText("Whole numbers with commas between, such as 1 or 1, 667.")).toBeVisible();
    expect(within(dialog).getByRole("button", { name: "Make it" })).toBeDisabled();
    await user.clear(numbers);
    await user.type(numbers, "1, 667{Enter}");
    await waitFor(() => expect(backend.last("make_storefront_token")).toMatchObject({ channels: ["1", "667"] }));
  });

  it("says what it is good for and until when, and is readable for a screen reader", async () => {
    open({ current: token });
    const region = await part();
    expect(await within(region).findByText("GNOME Keyring")).toBeVisible();
    expect(region).toHaveTextContent(token.entry);
    expect(region).toHaveTextContent("9x7q");
    expect(region).toHaveTextContent("good until");
    expect(region).toHaveTextContent("What any visitor sees");
    expect(region).toHaveTextContent("those made after June 30, 2026 do nothing else");
    expect(await findings()).toEqual([]);
  });

  it("is renewed with what the token before was good for, and the failure is said", async () => {
    const { user, backend } = open(
      { current: { ...token, scopes: ["unauthenticated", "customer"] } },
      { make_storefront_token: fail({ code: "network", trouble: "timedOut", host: "api.example.com" }) },
    );
    await user.click(await within(await part()).findByRole("button", { name: "Renew…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent("the one ending in 9x7q");
    await user.click(within(dialog).getByRole("button", { name: "Renew it" }));
    expect(await within(dialog).findByText(/a token may be there that nobody knows/)).toBeVisible();
    expect(backend.last("make_storefront_token")).toMatchObject({ scopes: ["unauthenticated", "customer"] });
    expect(await part()).toHaveTextContent("9x7q");
  });

  it("is revoked after a question", async () => {
    const { user, backend } = open({ current: token });
    await user.click(await within(await part()).findByRole("button", { name: "Revoke…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(backend.times("revoke_storefront_token")).toBe(0);
    await user.click(within(dialog).getByRole("button", { name: "Revoke it" }));
    await waitFor(() =>
      expect(backend.last("revoke_storefront_token")).toEqual({ store: store.key, which: "current", onlyForget: false }),
    );
    expect(await within(await part()).findByText("No token for the storefront")).toBeVisible();
  });

  it("names a second token that still works, and revokes it", async () => {
    const { user, backend } = open({ current: token, spare: { ...token, last4: "old0" } });
    expect(await screen.findByText("Another token, ending in old0, still works")).toBeVisible();
    await user.click(within(await part()).getByRole("button", { name: "Revoke it" }));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Revoke it" }));
    await waitFor(() => expect(backend.last("revoke_storefront_token")).toMatchObject({ which: "spare" }));
    await waitFor(() => expect(screen.queryByText(/old0/)).toBeNull());
    expect(await part()).toHaveTextContent("9x7q");
  });

  it("that is gone with the last quit can only be forgotten", async () => {
    const { user, backend } = open({ current: { ...token, entry: "", isGone: true } });
    expect(await screen.findByText("The token for the storefront is gone")).toBeVisible();
    expect(within(await part()).queryByRole("button", { name: "Revoke…" })).toBeNull();
    await user.click(within(await part()).getByRole("button", { name: "Forget it" }));
    await waitFor(() => expect(backend.last("revoke_storefront_token")).toMatchObject({ onlyForget: true }));
  });

  it("that another program took out of the keychain can be forgotten, once that was noticed", async () => {
    const access = { current: token };
    const { user, backend } = open(access, {
      storefront_access: () => ({ current: access.current, spare: null, lost: [] }),
      revoke_storefront_token: ({ onlyForget }: StorefrontRevoke) => {
        if (onlyForget) return null;
        access.current = { ...token, isGone: true };
        throw { code: "storefront", trouble: "gone", message: "" } satisfies AppError;
      },
    });
    await user.click(await within(await part()).findByRole("button", { name: "Revoke…" }));
    const dialog = await screen.findByRole("alertdialog");
    await user.click(within(dialog).getByRole("button", { name: "Revoke it" }));
    expect(await within(dialog).findByText("The token for the storefront is gone")).toBeVisible();
    backend.tell({ kind: "stale", store: store.key, tags: ["storefront"] });
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    const region = await part();
    expect(await within(region).findByText(/gone from the keychain; works until/)).toBeVisible();
    expect(region).toHaveTextContent("Its entry was not found in the keychain");
    expect(region).not.toHaveTextContent(token.entry);
    await user.click(within(region).getByRole("button", { name: "Forget it" }));
    await waitFor(() => expect(backend.last("revoke_storefront_token")).toMatchObject({ onlyForget: true }));
  });

  it("says of one that is gone that renewing can't revoke it", async () => {
    const { user } = open({ current: { ...token, entry: "", isGone: true } });
    await user.click(await within(await part()).findByRole("button", { name: "Renew…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent("ending in 9x7q, is nowhere on this computer any more");
    expect(dialog).not.toHaveTextContent("which is revoked then");
  });

  it("goes on naming those that could not be revoked, until they are forgotten", async () => {
    const lost = [
      { ...token, last4: "lst1", isGone: true, expiresAt: "2030-01-05T00:00:00Z" },
      { ...token, last4: "lst2", isGone: true, expiresAt: "2030-02-07T00:00:00Z" },
    ];
    const { user, backend } = open({ current: token, lost });
    expect(await screen.findByText("2 replaced tokens still work: they end in lst1, lst2")).toBeVisible();
    expect(screen.getByText(/The last one works until Feb 7, 2030/)).toBeVisible();
    expect(await findings()).toEqual([]);
    await user.click(within(await part()).getByRole("button", { name: "Forget them" }));
    await waitFor(() =>
      expect(backend.last("revoke_storefront_token")).toEqual({ store: store.key, which: "lost", onlyForget: true }),
    );
    await waitFor(() => expect(screen.queryByText(/lst1/)).toBeNull());
  });

  it("says which scopes it takes, before anything can fail", async () => {
    const { user } = open();
    const words = /Channel settings \(read-only\), Storefront API tokens \(manage\)/;
    expect(await within(await part()).findByText(words)).toBeVisible();
    await user.click(within(await part()).getByRole("button", { name: "Make a token…" }));
    expect(await screen.findByRole("alertdialog")).toHaveTextContent(words);
  });

  it("says what kind it is, and in which part of the keychain", async () => {
    open({ current: token }, { keychain_collection: ({ storefront }: { storefront?: boolean }) => ({ name: storefront ? "Shop keys" : "Login" }) });
    expect(await within(await part()).findByText("GNOME Keyring, Shop keys")).toBeVisible();
    expect(within(await part()).getByText("Private token, for programs")).toBeVisible();
  });

  it("is neither made nor revoked for a store that is read-only here, and may be tried", async () => {
    open({ current: token }, {}, { safety: "readOnly" });
    const region = await part();
    expect(await within(region).findByRole("button", { name: "Renew…" })).toBeDisabled();
    expect(within(region).getByRole("button", { name: "Revoke…" })).toBeDisabled();
    expect(within(region).getByRole("button", { name: "Try it out" })).toBeEnabled();
    expect(region).toHaveTextContent("This store is read-only here.");
  });

  it("is not offered to be made with an access token that was refused one, and says why", async () => {
    const missingScopes: Store["missingScopes"] = [{ scope: "storefrontTokens", level: "manage", readable: true }];
    open({ current: token }, {}, { missingScopes });
    const region = await part();
    expect(await within(region).findByRole("button", { name: "Renew…" })).toBeDisabled();
    expect(region).toHaveTextContent("lacks the scope Storefront API tokens (manage)");
    expect(within(region).getByRole("button", { name: "Try it out" })).toBeEnabled();
    expect(within(region).getByRole("button", { name: "Revoke…" })).toBeEnabled();
  });

  it("says which kind a pasted token is, and keeps nothing of it", async () => {
    const { user, client } = open(
      {},
      {
        read_storefront_token: () => ({
          kind: "browser",
          madeAt: "2026-08-01T00:00:00Z",
          expiresAt: inDays(10),
          isOver: false,
          sites: ["https://shop.example.com"],
          forPrograms: "no",
        }),
      },
    );
    await user.click(within(await part()).getByRole("button", { name: "What is the token I have?" }));
    const dialog = await screen.findByRole("alertdialog");
    const field = within(dialog).getByLabelText("A token for the storefront");
    expect(field).toHaveFocus();
    await user.paste("eyJmb28iOjF9.eyJiYXIiOjJ9.c2VjcmV0");
    await user.keyboard("{Enter}");
    const said = await within(dialog).findByRole("alert");
    expect(said).toHaveTextContent("A storefront token, for pages in a browser: https://shop.example.com.");
    expect(said).toHaveTextContent("Programs can’t use it");
    expect(field).toHaveValue("");
    const cached = JSON.stringify(client.getMutationCache().getAll().map(({ state }) => state));
    expect(cached).not.toContain("c2VjcmV0");
  });

  it("is told apart where it speaks for a customer", async () => {
    const { user } = open(
      {},
      {
        read_storefront_token: () => ({
          kind: "impersonation",
          madeAt: null,
          expiresAt: null,
          isOver: false,
          sites: [],
          forPrograms: "yes",
        }),
      },
    );
    await user.click(within(await part()).getByRole("button", { name: "What is the token I have?" }));
    const dialog = await screen.findByRole("alertdialog");
    await user.paste("eyJmb28iOjF9.eyJiYXIiOjJ9.c2VjcmV0");
    await user.keyboard("{Enter}");
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("A customer impersonation token, for programs");
  });

  it("is named among what goes with a store", async () => {
    const { user } = open({ current: token }, { holdings: fail({ code: "diskFull" }) });
    await part();
    await user.click(await screen.findByRole("button", { name: "Remove this store…" }));
    expect(await screen.findByText(/The token for the storefront, ending in 9x7q. Revoke it first/)).toBeVisible();
  });

  it("is named among what goes with a store also where it is not in use, or can't be revoked", async () => {
    const { user } = open(
      { current: token, spare: { ...token, last4: "old0" }, lost: [{ ...token, last4: "lst1", isGone: true }] },
      { holdings: fail({ code: "diskFull" }) },
    );
    await part();
    await user.click(await screen.findByRole("button", { name: "Remove this store…" }));
    expect(await screen.findByText(/Another token for the storefront, ending in old0/)).toBeVisible();
    expect(screen.getByText(/ending in lst1. It can’t be revoked from here/)).toBeVisible();
  });
});

describe("a keychain that asks about a token for the storefront", () => {
  const locked = { available: true, locked: true, isNew: false, name: "GNOME Keyring" };

  it("is waited for, and stopped by who cancels, while a token is made", async () => {
    const { user, backend } = open({}, { keychain: () => locked, ...stoppable("make_storefront_token") });
    await user.click(within(await part()).getByRole("button", { name: "Make a token…" }));
    const dialog = await screen.findByRole("alertdialog");
    await user.click(within(dialog).getByRole("button", { name: "Make it" }));
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("Waiting for your keychain");
    expect(await findings()).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(backend.last("cancel_unlock")).toEqual({ store: store.key });
    expect(within(await part()).queryByRole("alert")).toBeNull();
  });

  it("is not spoken of while it is the store that takes its time", async () => {
    const { user, backend } = open({}, stoppable("make_storefront_token"));
    await user.click(within(await part()).getByRole("button", { name: "Make a token…" }));
    const dialog = await screen.findByRole("alertdialog");
    const asked = backend.times("keychain");
    await user.click(within(dialog).getByRole("button", { name: "Make it" }));
    // It was looked whether the keychain has been locked since.
    await waitFor(() => expect(backend.times("keychain")).toBeGreaterThan(asked));
    expect(within(dialog).queryByText("Waiting for your keychain")).toBeNull();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(backend.times("cancel_unlock")).toBe(1);
  });

  it("is waited for, and stopped by who cancels, while a token is revoked", async () => {
    const answers = { keychain: () => locked, ...stoppable("revoke_storefront_token") };
    const { user, backend } = open({ current: token }, answers);
    await user.click(await within(await part()).findByRole("button", { name: "Revoke…" }));
    const dialog = await screen.findByRole("alertdialog");
    await user.click(within(dialog).getByRole("button", { name: "Revoke it" }));
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("Waiting for your keychain");
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(backend.last("cancel_unlock")).toEqual({ store: store.key });
    expect(await part()).toHaveTextContent("9x7q");
  });

  it("is waited for, and stopped by who cancels, while a token is tried out", async () => {
    const answers = { keychain: () => locked, ...stoppable("try_storefront_token") };
    const { user, backend } = open({ current: token }, answers);
    const region = await part();
    await user.click(await within(region).findByRole("button", { name: "Try it out" }));
    expect(await within(region).findByRole("alert")).toHaveTextContent("Waiting for your keychain");
    await user.click(within(region).getByRole("button", { name: "Cancel" }));
    expect(await within(region).findByRole("button", { name: "Try it out" })).toBeEnabled();
    expect(backend.last("cancel_unlock")).toEqual({ store: store.key });
    expect(within(region).queryByRole("alert")).toBeNull();
    expect(within(region).queryByRole("button", { name: "Cancel" })).toBeNull();
  });
});

describe("the end of a token for the storefront", () => {
  it("is told some days before, leads to renewing it, and can be put off for the day", async () => {
    const soon = { ...token, expiresAt: inDays(5), remindAt: inDays(-9) };
    const { user } = open({ current: soon });
    expect(await screen.findByText(/The token for the storefront ends on/)).toBeVisible();
    const renew = screen.getAllByRole("button", { name: "Renew…" })[0]!;
    await user.click(renew);
    expect(await screen.findByRole("alertdialog", { name: "Renew the token for the storefront?" })).toBeVisible();
    await user.keyboard("{Escape}");
    await user.click(screen.getByRole("button", { name: "Not today" }));
    await waitFor(() => expect(screen.queryByText(/The token for the storefront ends on/)).toBeNull());
  });

  it("is not told before its time, and said plainly once it has come", async () => {
    open({ current: token });
    await part();
    expect(screen.queryByText(/The token for the storefront end/)).toBeNull();
    open({ current: { ...token, expiresAt: inDays(-1), remindAt: inDays(-15) } });
    expect(await screen.findByText(/The token for the storefront ended on/)).toBeVisible();
  });
});
