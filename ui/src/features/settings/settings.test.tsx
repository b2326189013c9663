import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Store, StoreState } from "../../ipc";
import { findings } from "../../testing/axe";
import { fail, openSettings, part, sample } from "../../testing/settings";
import { store } from "../../testing/shop";

describe("a store's settings", () => {
  it("are readable for a screen reader", async () => {
    openSettings();
    await part("Store");
    expect(await findings()).toEqual([]);
  });

  it("rename it when the field is left, and keep everything else", async () => {
    const { user, backend } = openSettings();
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
    const { user, backend } = openSettings({ storefront_channels: () => ({ channels }) });
    await user.click(await screen.findByRole("radio", { name: "Wholesale" }));
    await waitFor(() => expect(backend.last("edit_store")).toMatchObject({ channel: "667" }));
    expect(await findings()).toEqual([]);
  });

  it("show which storefront to begin with greyed, and why, where the token can't list them", async () => {
    const missingScopes: Store["missingScopes"] = [{ scope: "channelSettings", level: "readOnly", readable: false }];
    const { backend } = openSettings({}, { missingScopes, channel: "667" });
    const choice = await screen.findByRole("radiogroup", { name: "Storefront to begin with" });
    expect(within(choice).getByRole("radio", { name: "Channel 667" })).toBeDisabled();
    expect(await part("Store")).toHaveTextContent("it lacks Channel settings");
    expect(backend.times("storefront_channels")).toBe(0);
    expect(await findings()).toEqual([]);
  });

  it("say why as soon as the store refuses to list them", async () => {
    const needs = { scope: "channelSettings", level: "readOnly" } as const;
    openSettings({ storefront_channels: fail({ code: "missingScope", needs }) });
    expect(await screen.findByRole("radio", { name: "Channel 1" })).toBeDisabled();
    expect(await part("Store")).toHaveTextContent("it lacks Channel settings");
  });

  it("want a name", async () => {
    const { user, backend } = openSettings();
    const name = within(await part("Store")).getByLabelText("Name");
    await user.clear(name);
    await user.keyboard("{Enter}");
    expect(await screen.findByText("A store needs a name. Type one of 1 to 80 characters.")).toBeVisible();
    await user.keyboard("{Escape}");
    expect(name).toHaveValue(store.name);
    expect(backend.times("edit_store")).toBe(0);
  });

  it("send two quick choices one after the other, and keep both", async () => {
    const { user, backend } = openSettings();
    await part("Store");
    await user.click(screen.getByRole("radio", { name: "Berry" }));
    await user.click(screen.getByRole("radio", { name: /^Read-only/ }));
    await waitFor(() => expect(backend.last("edit_store")).toMatchObject({ color: "berry", safety: "readOnly" }));
    await waitFor(() => expect(document.documentElement.dataset["store"]).toBe("berry"));
  });

  it("say why something could not be saved, and show what is true", async () => {
    const { user } = openSettings({ edit_store: fail({ code: "diskFull" }) });
    await part("Store");
    await user.click(screen.getByRole("radio", { name: /^Read-only/ }));
    expect(await within(await part("Store")).findByRole("alert")).toHaveTextContent("The disk is full");
    expect(screen.getByRole("radio", { name: /^Ask before every change/ })).toBeChecked();
  });
});

describe("the appearance", () => {
  it("changes at once, and one choice keeps the other", async () => {
    const { user, backend } = openSettings();
    const look = await part("Appearance");
    await user.click(within(look).getByRole("radio", { name: "Dark" }));
    await waitFor(() => expect(document.documentElement.dataset["theme"]).toBe("dark"));
    await user.click(within(look).getByRole("radio", { name: "Comfortable" }));
    await waitFor(() => expect(backend.last("set_preferences")).toEqual({ theme: "dark", density: "comfortable" }));
  });

  it("stands out further where that is chosen, and is remembered for the first frame", async () => {
    const { user, backend } = openSettings();
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
    const { user, backend } = openSettings();
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

describe("the sample store", () => {
  it("starts over when asked, after asking back, and shows its orders", async () => {
    const reset = vi.fn<() => Store>(() => sample);
    const { user, router } = openSettings({ reset_sample: reset }, sample);
    await user.click(within(await part("Sample store")).getByRole("button", { name: "Start over…" }));
    expect(reset).not.toHaveBeenCalled();
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Start over" }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
    expect(reset).toHaveBeenCalledOnce();
  });

  it("of an earlier version says so above its orders, and starts over from there, after asking back", async () => {
    const reset = vi.fn<() => Store>(() => sample);
    const outdated: Partial<StoreState> = { token: "notAsked", phase: "stopped", trouble: { code: "sampleOutdated" } };
    const { user, router } = openSettings({ reset_sample: reset }, sample, outdated);
    await router.navigate({ to: `/store/${store.key}/orders` });
    const words = await screen.findByText("The sample store here is of an earlier version.");
    const banner = words.closest<HTMLElement>("[role=status]")!;
    expect(banner).toHaveTextContent(/Start over, and this version makes up a new one\..* your own stores are not touched\./);
    // What was pulled before can be read.
    expect(await screen.findByText("48219")).toBeVisible();
    expect(await findings()).toEqual([]);

    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "start over");
    // Once, though the banner and the settings both have it.
    expect(await screen.findAllByRole("option", { name: /^Start over/ })).toHaveLength(1);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("combobox")).toBeNull());

    await user.click(within(banner).getByRole("button", { name: "Start over…" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Put the sample store back to how it was?" });
    expect(reset).not.toHaveBeenCalled();
    expect(await findings()).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Start over" }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
    expect(reset).toHaveBeenCalledOnce();
  });

  it("has no token to replace", async () => {
    openSettings({}, sample);
    const token = await part("Access token");
    expect(token).toHaveTextContent("In memory, made anew on every start");
    expect(within(token).queryByRole("button", { name: /token/ })).toBeNull();
  });
});
