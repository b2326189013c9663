import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Holdings } from "../../ipc";
import { findings } from "../../testing/axe";
import { fail, openSettings, other, part, sample } from "../../testing/settings";
import { store } from "../../testing/shop";

describe("removing a store", () => {
  it("names everything that goes, and asks first", async () => {
    const held = { copy: "52400000", journal: "98304", changes: 12, changesWaiting: 2, pictures: "1200000", desk: "640", drafts: 1 };
    const { user, backend } = openSettings(
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
    const { user } = openSettings({ keychain: () => ({ available: false, locked: false, isNew: false, name: "" }), keychain_collection: () => ({ name: "" }) });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(await within(dialog).findByText(/as soon as your keychain answers again/)).toBeVisible();
  });

  it("names an older token that a locked keychain still holds", async () => {
    const { user } = openSettings({}, { tokenHome: "untilQuit" });
    expect(await part("Access token")).toHaveTextContent(`An older one is in${store.tokenEntry}`);
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent(`The keychain entry “${store.tokenEntry}”`);
    expect(dialog).toHaveTextContent("The token in memory");
  });

  it("goes on to the next store", async () => {
    const { user, router } = openSettings();
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
    const { user, backend } = openSettings({ holdings: () => holdings });
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
    const { user, backend } = openSettings({ holdings: () => holdings }, sample);
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    expect(await screen.findByRole("checkbox", { name: "Keep the journal as a table" })).not.toBeChecked();
    await user.click(screen.getByRole("button", { name: `Remove ${store.name}` }));
    await waitFor(() => expect(backend.last("remove_store")).toMatchObject({ keepJournal: false }));
  });

  it("can be removed without a journal that can't be read", async () => {
    const damaged = fail({ code: "damagedFile", file: "journal" });
    const { user, backend } = openSettings({ holdings: damaged, remove_store: damaged });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    await user.click(await screen.findByRole("button", { name: `Remove ${store.name}` }));
    expect(backend.last("remove_store")).toMatchObject({ keepJournal: true });
    await user.click(await screen.findByRole("checkbox", { name: "Keep the journal as a table" }));
    await user.click(screen.getByRole("button", { name: `Remove ${store.name}` }));
    await waitFor(() => expect(backend.last("remove_store")).toMatchObject({ keepJournal: false }));
  });

  it("can leave behind a token whose keychain nobody opens", async () => {
    const { user, backend } = openSettings({ remove_store: fail({ code: "keychainRefused" }) });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    await user.click(await screen.findByRole("button", { name: `Remove ${store.name}` }));
    await user.click(await screen.findByRole("button", { name: "Remove it and leave the token" }));
    await waitFor(() => expect(backend.last("remove_store")).toMatchObject({ leaveTokenBehind: true }));
  });

  it("stops waiting for a keychain when told to", async () => {
    const { user, backend } = openSettings({ remove_store: () => new Promise(() => undefined) });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    await user.click(await screen.findByRole("button", { name: `Remove ${store.name}` }));
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(backend.last("cancel_unlock")).toEqual({ store: store.key }));
  });

  it("stays when the keychain refuses", async () => {
    const { user } = openSettings({ remove_store: fail({ code: "keychainRefused" }) });
    await user.click(within(await part("Remove")).getByRole("button", { name: "Remove this store…" }));
    await user.click(await screen.findByRole("button", { name: `Remove ${store.name}` }));
    const dialog = screen.getByRole("alertdialog");
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("The keychain stayed closed");
  });
});
