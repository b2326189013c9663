import { within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Examination } from "../../ipc";
import { findings } from "../../testing/axe";
import { openSettings, part } from "../../testing/settings";
import { store } from "../../testing/shop";

describe("the doctor", () => {
  const healthy: Examination = {
    keychain: { available: true, locked: false, isNew: false, name: "GNOME Keyring" },
    host: "api.bigcommerce.com",
    answeredInMs: 182,
    clockAheadSeconds: 3,
    missing: [],
    askedNow: true,
    problem: null,
    refusals: [],
    at: "2026-11-17T20:00:00Z",
    system: "linux x86_64",
  };

  it("says how the store, its token and this computer get along", async () => {
    const { user } = openSettings({ examine: () => healthy });
    const doctor = await part("Doctor");
    await user.click(within(doctor).getByRole("button", { name: "Examine" }));
    for (const words of [
      "GNOME Keyring, open",
      "api.bigcommerce.com answered in 182 ms",
      "all that Stockroom has a use for are there to read",
      "the same as the store’s",
      "Stockroom 0.1.0, linux x86_64",
    ]) {
      expect(await within(doctor).findByText(words)).toBeVisible();
    }
    expect(await findings()).toEqual([]);
  });

  it("says of a keychain that was never used that it has no password, in the report too", async () => {
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    const { user } = openSettings({ examine: () => ({ ...healthy, keychain: { ...healthy.keychain, isNew: true } }) });
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    const doctor = await part("Doctor");
    await user.click(within(doctor).getByRole("button", { name: "Examine" }));
    expect(await within(doctor).findByText("GNOME Keyring, not used yet: it has no password")).toBeVisible();
    await user.click(within(doctor).getByRole("button", { name: "Copy a report" }));
    expect(written.mock.lastCall?.[0]).toContain("Keychain: GNOME Keyring, not used yet: it has no password");
  });

  it.each([
    ["keychainNoEntry", /keychain entry is gone\. Stockroom works on until it is closed/],
    ["keychainAmbiguous", /several tokens for this store/],
  ] as const)("says of a working token what is wrong with its entry: %s", async (code, words) => {
    const { user } = openSettings({ examine: () => ({ ...healthy, problem: { code } }) });
    const doctor = await part("Doctor");
    await user.click(within(doctor).getByRole("button", { name: "Examine" }));
    expect(await within(doctor).findByText(words)).toBeVisible();
  });

  it("names what is in the way, what is missing and what was refused, and copies it all", async () => {
    const ill: Examination = {
      ...healthy,
      keychain: { available: true, locked: true, isNew: false, name: "GNOME Keyring" },
      answeredInMs: null,
      clockAheadSeconds: null,
      missing: [{ scope: "orders", level: "modify", readable: true }],
      askedNow: false,
      problem: { code: "network", trouble: "dns", host: "api.bigcommerce.com" },
      refusals: [{ at: "2026-11-17T19:00:00Z", what: "order", state: "refused" }],
    };
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    const { user } = openSettings({ examine: () => ill }, {}, { token: "locked" });
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    const doctor = await part("Doctor");
    await user.click(within(doctor).getByRole("button", { name: "Examine" }));
    await user.click(await within(doctor).findByRole("button", { name: "Copy a report" }));
    const report = written.mock.lastCall?.[0] ?? "";
    for (const words of [
      "Keychain: GNOME Keyring, locked",
      "API: api.bigcommerce.com was not reached",
      "Scopes: missing: Orders (only changing) (as of the last time it could be asked)",
      "Clock: could not be compared",
      "Last refusals: 2026-11-17T19:00:00Z: a change of an order, refused by the store",
      `Store hash: ${store.hash}`,
    ]) {
      expect(report).toContain(words);
    }
    expect(report).not.toContain(store.name);
  });
});
