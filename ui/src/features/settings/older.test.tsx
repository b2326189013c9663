import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en";
import type { AppError, Store, StoreState } from "../../ipc";
import { findings } from "../../testing/axe";
import type { Answers } from "../../testing/fakeBackend";
import { fail, openSettings, other, part } from "../../testing/settings";
import { appState, store, storeState } from "../../testing/shop";

const name = "Use the older one";

/** A start after the newer token, which was kept until quitting, is gone. */
function openAfterQuitting(over: Answers = {}, one: Partial<Store> = {}, state: Partial<StoreState> = {}) {
  return openSettings(over, { tokenHome: "untilQuit", tokenLast4: "new1", ...one }, { token: "missing", ...state });
}

describe("an older access token that is still in the keychain", () => {
  it("is taken into use again, if the newer one was kept until quitting", async () => {
    let taken = false;
    const { user, backend } = openAfterQuitting({
      app_state: () => ({ ...appState, stores: [taken ? store : { ...store, tokenHome: "untilQuit", tokenLast4: "new1" }] }),
      store_state: ({ store: key }: { store: string }) => ({
        ...storeState,
        store: key,
        token: taken ? "ready" : "missing",
      }),
      take_older_token: () => {
        taken = true;
        return storeState;
      },
    });
    const token = await part("Access token");
    expect(await within(token).findByText("An older one is in")).toBeVisible();
    expect(await within(token).findByRole("button", { name: "Give the token…" })).toBeEnabled();
    expect(await findings()).toEqual([]);
    await user.click(within(token).getByRole("button", { name }));
    expect(backend.last("take_older_token")).toEqual({ store: store.key });
    await waitFor(() => expect(token).toHaveTextContent("at hand"));
    expect(token).toHaveTextContent("Ends inf3a9");
    expect(within(token).queryByRole("button", { name })).toBeNull();
    expect(backend.times("unlock")).toBe(0);
  });

  it("is waited for while the keychain asks, and the waiting can be stopped", async () => {
    const { user, backend } = openAfterQuitting({
      keychain: () => ({ available: true, locked: true, isNew: false, name: "GNOME Keyring" }),
      take_older_token: () => new Promise(() => undefined),
    });
    const token = await part("Access token");
    await user.click(await within(token).findByRole("button", { name }));
    expect(await within(token).findByText("Waiting for your keychain")).toBeVisible();
    await user.click(within(token).getByRole("button", { name: "Cancel" }));
    expect(backend.last("cancel_unlock")).toEqual({ store: store.key });
  });

  it.each(["keychainRefused", "keychainLocked"] as const)("is asked for once more after the keychain said %s", async (code) => {
    const { user, backend } = openAfterQuitting({ take_older_token: fail({ code }) });
    const token = await part("Access token");
    await user.click(await within(token).findByRole("button", { name }));
    const told = await within(token).findByRole("alert");
    expect(told).toHaveTextContent(en[`trouble.${code}`]);
    await user.click(within(told).getByRole("button", { name: "Unlock…" }));
    await waitFor(() => expect(backend.times("take_older_token")).toBe(2));
    expect(backend.times("unlock")).toBe(0);
  });

  it("is not offered any more once it turns out to be gone", async () => {
    let gone = false;
    const { user } = openAfterQuitting({
      app_state: () => ({
        ...appState,
        stores: [{ ...store, tokenHome: "untilQuit", tokenEntry: gone ? "" : store.tokenEntry }],
      }),
      take_older_token: () => {
        gone = true;
        throw { code: "keychainNoEntry" } satisfies AppError;
      },
    });
    const token = await part("Access token");
    await user.click(await within(token).findByRole("button", { name }));
    const told = await within(token).findByRole("alert");
    expect(told).toHaveTextContent(en["trouble.keychainNoEntry"]);
    expect(within(told).getByRole("button", { name: "Give the token…" })).toBeEnabled();
    await waitFor(() => expect(within(token).queryByRole("button", { name })).toBeNull());
    expect(token).not.toHaveTextContent("An older one is in");
  });

  it("is waited for only where it is taken", async () => {
    const one = { tokenHome: "untilQuit", tokenLast4: "new1" } as const;
    const { user, router } = openAfterQuitting({
      app_state: () => ({ ...appState, stores: [{ ...store, ...one }, { ...other, ...one }] }),
      keychain: () => ({ available: true, locked: true, isNew: false, name: "GNOME Keyring" }),
      take_older_token: () => new Promise(() => undefined),
    });
    await user.click(await within(await part("Access token")).findByRole("button", { name }));
    expect(await screen.findByText("Waiting for your keychain")).toBeVisible();

    await router.navigate({ to: "/store/$store/settings", params: { store: other.key } });
    expect(await within(await part("Access token")).findByRole("button", { name })).toBeEnabled();
    expect(screen.queryByText("Waiting for your keychain")).toBeNull();

    await router.navigate({ to: "/store/$store/settings", params: { store: store.key } });
    expect(await screen.findByText("Waiting for your keychain")).toBeVisible();
  });

  it("is no trouble any more once the keychain was asked for another", async () => {
    let home: Store["tokenHome"] = "untilQuit";
    const { user, backend } = openAfterQuitting({
      app_state: () => ({ ...appState, stores: [{ ...store, tokenHome: home }] }),
      store_state: ({ store: key }: { store: string }) => ({
        ...storeState,
        store: key,
        token: home === "keychain" ? "locked" : "missing",
      }),
      take_older_token: () => {
        home = "keychain";
        throw { code: "keychainLocked" } satisfies AppError;
      },
      unlock: fail({ code: "keychainRefused" }),
    });
    const token = await part("Access token");
    await user.click(await within(token).findByRole("button", { name }));
    expect(await within(token).findByRole("alert")).toHaveTextContent(en["trouble.keychainLocked"]);
    await waitFor(() => expect(token).not.toHaveTextContent("An older one is in"));
    await user.click(within(token).getByRole("button", { name: "Unlock…" }));
    await waitFor(() => expect(backend.times("unlock")).toBe(1));
    await waitFor(() => expect(within(token).getByRole("alert")).toHaveTextContent(en["trouble.keychainRefused"]));
  });

  it.each([
    ["the newer one is at hand", {}, { token: "ready" }],
    ["there is none", { tokenEntry: "" }, {}],
    ["Stockroom was started for another address", { mayConnect: false }, {}],
  ] as const)("is not offered where %s", async (_why, one, state) => {
    openAfterQuitting({}, one, state);
    const token = await part("Access token");
    await waitFor(() => expect(token).toHaveTextContent(/at hand|Nowhere/));
    expect(within(token).queryByRole("button", { name })).toBeNull();
  });

  it("can be taken from everywhere", async () => {
    const { user, backend } = openAfterQuitting();
    await within(await part("Access token")).findByRole("button", { name });
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "older access");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.last("take_older_token")).toEqual({ store: store.key }));
  });

  it("can't be taken from everywhere a second time while that is under way", async () => {
    const { user, backend } = openAfterQuitting({ take_older_token: () => new Promise(() => undefined) });
    await user.click(await within(await part("Access token")).findByRole("button", { name }));
    await waitFor(() => expect(backend.times("take_older_token")).toBe(1));
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "access token");
    expect(await screen.findByRole("option", { name: /Give the token/ })).toBeVisible();
    expect(screen.queryByRole("option", { name: new RegExp(en["palette.takeOlder"]) })).toBeNull();
  });
});
