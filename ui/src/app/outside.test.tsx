import { readFileSync } from "node:fs";
import { screen, waitFor } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { findings } from "../testing/axe";
import { lacking } from "../testing/connecting";
import { listed, press } from "../testing/keys";
import { appState, shop, store } from "../testing/shop";
import { openWindow } from "../testing/window";
import { checked, fail, heading, open, toCheck, toCredentials, toName, toScopes } from "../testing/wizard";

/** Nothing is connected yet. */
const unconnected = { app_state: () => ({ ...appState, stores: [], current: null }) };

/** To a check that found everything in order. */
async function toFound(user: UserEvent) {
  await toCheck(user);
  await screen.findByText("none of 4 is missing");
}

describe("the command list outside of stores", () => {
  it.each([
    ["at the welcome", "/welcome", /^Welcome\./, ["Connect your store", "Open the sample store"]],
    ["in the wizard", "/connect", "Which store?", ["Continue", "Back", "Open the sample store"]],
    ["at an address that leads nowhere", "/nowhere", "This screen does not exist", ["Connect a store…"]],
    ["at a store that is gone", "/store/gone/orders", /./, ["Connect a store…"]],
  ])("is there: %s", async (_, place, words, commands) => {
    const user = userEvent.setup();
    const { backend } = openWindow(place, { ...shop(), ...unconnected, set_preferences: () => null });
    await screen.findAllByText(words);
    press(["Ctrl", "K"]);
    await screen.findByRole("dialog", { name: "Commands" });
    const all = listed();
    for (const command of [...commands, "Theme: dark", "Contrast: high", "Rows: comfortable"]) expect(all).toContain(command);
    expect(new Set(all).size).toBe(all.length);
    expect(await findings()).toEqual([]);
    await user.type(screen.getByRole("combobox"), "theme: dark");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.last("set_preferences")).toMatchObject({ theme: "dark" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getAllByText(words)[0]).toBeVisible();
  });

  const everyStep = ["Back", "Forward", "Connect a store…", "Open the sample store", "Theme: dark", "Contrast: high"];
  it.each([
    ["what the token may do", toScopes, ["Open BigCommerce", "Copy a message for the store owner", "I have the credentials"], "Hand over the credentials"],
    ["the credentials", toCredentials, ["Choose the file…", "Paste from clipboard", "Show Access token", "Check it"], null],
    ["a check that found all", toFound, ["Check writing, too", "Check again", "Not my store", "Continue"], "Name it"],
    ["the name", toName, ["Keep it until I quit instead", "Save and start the first pull"], "Orders"],
  ] as const)("names what can be done at each step of the wizard: %s", async (_, go, commands, next) => {
    const { user } = open();
    await go(user);
    press(["Ctrl", "K"]);
    await screen.findByRole("dialog", { name: "Commands" });
    const all = listed();
    for (const command of [...commands, ...everyStep]) expect(all).toContain(command);
    expect(new Set(all).size).toBe(all.length);
    if (next === null) return;
    await user.type(screen.getByRole("combobox"), commands.at(-1) ?? "");
    await user.keyboard("{Enter}");
    await heading(next);
  });

  it("names what can be done about a check that found scopes missing", async () => {
    const { user } = checked(lacking("orders"));
    await toCheck(user);
    await screen.findByRole("button", { name: "Continue with less" });
    press(["Ctrl", "K"]);
    await screen.findByRole("dialog", { name: "Commands" });
    for (const command of ["Copy", "Open BigCommerce", "Copy for owner", "Check again", "Continue with less", "Use a new account"]) {
      expect(listed()).toContain(command);
    }
  });

  it("does at the welcome what its buttons do, and takes no digit for a door while it is typed into", async () => {
    const user = userEvent.setup();
    const { router } = openWindow("/welcome", { ...shop(), ...unconnected });
    await screen.findByText(/^Welcome\./);
    press(["Ctrl", "K"]);
    await user.type(await screen.findByRole("combobox"), "12");
    expect(screen.getByRole("dialog", { name: "Commands" })).toBeVisible();
    expect(router.state.location.pathname).toBe("/welcome");
    await user.clear(screen.getByRole("combobox"));
    await user.type(screen.getByRole("combobox"), "connect your");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/connect"));
    // Escape takes the list away, and not the step behind it.
    await screen.findByRole("heading", { name: "Which store?" });
    press(["Ctrl", "K"]);
    await screen.findByRole("combobox");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getByRole("heading", { name: "Which store?" })).toBeVisible();
  });

  it("opens a store from the wizard, and the sample store", async () => {
    const user = userEvent.setup();
    const { router } = openWindow("/connect", { ...shop(), open_sample: () => ({ ...store, key: "sample", isSample: true }) });
    await screen.findByRole("heading", { name: "Which store?" });
    // Not by a slip of the hand, with all that was entered.
    press(["Ctrl", "1"]);
    expect(router.state.location.pathname).toBe("/connect");
    press(["Ctrl", "K"]);
    await user.type(await screen.findByRole("combobox"), "sample");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/store\/sample/));
  });

  it("tries again where the app could not start", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow("/", { ...shop(), app_state: fail({ code: "diskFull" }) });
    await screen.findByRole("button", { name: "Try again" });
    press(["Ctrl", "K"]);
    await screen.findByRole("dialog", { name: "Commands" });
    expect(listed()).toEqual(["Try again", "Back", "Forward"]);
    const before = backend.times("app_state");
    await user.type(screen.getByRole("combobox"), "try again{Enter}");
    await waitFor(() => expect(backend.times("app_state")).toBeGreaterThan(before));
  });

  it("says above what is shown, and over nothing of it, why a command came to nothing", async () => {
    const user = userEvent.setup();
    openWindow("/connect", { ...shop(), set_preferences: fail({ code: "diskFull" }) });
    const shown = await screen.findByRole("main");
    press(["Ctrl", "K"]);
    await user.type(await screen.findByRole("combobox"), "theme: dark{Enter}");
    const told = (await screen.findByText(/disk is full/i)).closest('[role="status"]')?.parentElement;
    expect(told?.compareDocumentPosition(shown)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    const sheet = readFileSync("src/app/Outside.module.css", "utf8");
    expect(sheet).not.toMatch(/position: *(fixed|absolute)/);
  });
});
