import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { findings } from "../../testing/axe";
import { firstStart, handed, hash, mistaken } from "../../testing/connecting";
import type { Answers } from "../../testing/fakeBackend";
import { store } from "../../testing/shop";
import { openWindow } from "../../testing/window";
import { fail, heading, open } from "../../testing/wizard";

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

  it.each([
    ["sampleOutdated", "The sample store here is of an earlier version"],
    ["sampleNewer", "The sample store here is of a newer version"],
  ] as const)("starts a sample store over that another version left, after asking back: %s", async (code, words) => {
    const answers: Answers = { ...firstStart(), open_sample: fail({ code }) };
    const resets = [fail({ code: "diskFull" }), answers["reset_sample"]!];
    answers["reset_sample"] = (input) => resets.shift()!(input);
    const { user, backend, router } = open(answers, "/");
    await user.click(await screen.findByRole("button", { name: "Open the sample store" }));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent(words);
    await user.click(within(alert).getByRole("button", { name: "Start over…" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Put the sample store back to how it was?" });
    expect(backend.times("reset_sample")).toBe(0);
    expect(await findings()).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Start over" }));
    expect(await within(dialog).findByText("The disk is full")).toBeVisible();
    expect(router.state.location.pathname).toBe("/welcome");
    await user.click(within(dialog).getByRole("button", { name: "Start over" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/store/sample/orders"));
    expect(backend.times("open_sample")).toBe(1);
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
    expect(backend.last("connect_begin")).toEqual({ address: "", preset: "ordersDesk", storefront: false, from: { kind: "clipboard" } });
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
