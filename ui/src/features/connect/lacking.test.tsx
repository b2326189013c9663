import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type MissingScope, scopeTable, type Store } from "../../ipc/bindings";
import { levelWord } from "../../lib/levels";
import { findings } from "../../testing/axe";
import type { Answers } from "../../testing/fakeBackend";
import { appState, shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const nothing: Answers = {
  statuses: () => ({ statuses: [], total: 0 }),
  open_orders: () => ({ view: "none", count: 0, totals: [], countWithoutSearch: 0 }),
  open_products: () => ({ view: "none", count: 0, countWithoutSearch: 0 }),
  open_customers: () => ({ view: "none", count: 0, countWithoutSearch: 0 }),
  home: () => ({ ...(shop()["home"]?.(undefined as never) as object), products: 0 }),
};

/** Where one sees that a scope is missing, and what is said there. Without it, what is greyed names its reason. */
const places = {
  Orders: { screen: "orders", words: "This store’s token may not read orders" },
  Products: { screen: "products", words: "This store’s token may not read products" },
  Customers: { screen: "customers", words: "This store’s token may not read customers" },
  "Information & settings": { screen: "settings", words: /1 scope is missing: Information & settings \(read-only\)/ },
} as const;

/** What can't be used without a scope: where it is, and its name there. Of others nothing is changed here. */
const greyed = {
  Orders: [
    { at: "orders?open=48219", tick: null, name: "Change status…" },
    { at: "orders", tick: "Select order 48219", name: "Change status…" },
  ],
  Products: [
    { at: "products", tick: null, name: "New product" },
    { at: "products", tick: "Select product Product 0", name: "Show on storefront…" },
    { at: "products", tick: "Select product Product 0", name: "Hide…" },
  ],
} as const;

/** A scope is gone altogether: the backend says how far any preset could make use of it, whatever this one asks for. */
function gone(label: string): MissingScope {
  const everything = scopeTable.presets.find(({ preset }) => preset === "everything");
  const level = everything?.scopes.find((scope) => scope.label === label)?.level ?? "readOnly";
  return { label, level, readable: false };
}

/** Only changing has been refused. */
const unchangeable = (label: string): MissingScope => ({ label, level: "modify", readable: true });

/** Opens a screen of a store that was connected for this, and whose token lacks that. */
function open(at: string, preset: Store["preset"], missingScopes: MissingScope[], over: Answers = {}) {
  return openWindow(`/store/${store.key}/${at}`, {
    ...shop(),
    ...over,
    presets: () => scopeTable,
    app_state: () => ({ ...appState, stores: [{ ...store, preset, missingScopes }] }),
  });
}

const cases = scopeTable.presets.flatMap(({ preset, scopes }) =>
  scopes.map(({ label, level }) => [preset, label as keyof typeof places, level] as const),
);

describe("what a token lacks", () => {
  it.each(cases)("of %s, %s, is told where it would be used, with the way out", async (preset, label) => {
    const { screen: place, words } = places[label];
    open(place, preset, [gone(label)], nothing);
    expect((await screen.findAllByText(words))[0]).toBeVisible();
    const ways = await screen.findAllByRole("button", { name: /^(Replace the token…|Connect again…)$/ });
    expect(ways[0]).toBeEnabled();
    expect(await findings()).toEqual([]);
  });

  it.each(cases)("of %s, %s, is named in the settings at the level that was asked for: %s", async (preset, label, level) => {
    open("settings", preset, [gone(label)]);
    const words = `1 scope is missing: ${label} (${levelWord(level)})`;
    expect(await screen.findByText(words)).toBeVisible();
  });

  it.each(cases)("of %s, %s at %s, is not called missing if more was never asked for", async (preset, label, level) => {
    const asked = scopeTable.presets.find((one) => one.preset === preset)?.scopes ?? [];
    const beside = asked.find((scope) => scope.label !== label)!;
    open("settings", preset, [unchangeable(label), gone(beside.label)]);
    const scopes = [...(level === "modify" ? [{ label, level }] : []), beside];
    const named = scopes.map((scope) => `${scope.label} (${levelWord(scope.level)})`).join(", ");
    expect(await screen.findByText(`${scopes.length === 1 ? "1 scope is" : "2 scopes are"} missing: ${named}`)).toBeVisible();
  });

  const controls = Object.entries(greyed).flatMap(([label, all]) =>
    [gone(label), unchangeable(label)].flatMap((lacks) => all.map((control) => ({ ...control, label, lacks }))),
  );
  it.each(controls)("greys $name of $at without $label (to be read: $lacks.readable)", async ({ at, tick, name, label, lacks }) => {
    const user = userEvent.setup();
    open(at, "everything", [lacks]);
    if (tick) await user.click(await screen.findByRole("checkbox", { name: tick }));
    const control = await screen.findByRole("button", { name });
    expect(control).toBeDisabled();
    expect(control).toHaveAccessibleDescription(`Needs the scope ${label}, modify.`);
  });

  it.each([gone("Orders"), unchangeable("Orders")])("greys an order’s notes", async (lacks) => {
    open("orders?open=48219", "ordersDesk", [lacks]);
    const notes = await screen.findByRole("textbox", { name: "Staff notes" });
    expect(notes).toBeDisabled();
    expect(notes).toHaveAccessibleDescription("Needs the scope Orders, modify.");
  });

  it("greys making a token for the storefront", async () => {
    open("settings", "everything", [{ label: "Storefront API tokens", level: "manage", readable: true }]);
    const part = await screen.findByRole("region", { name: "Storefront access" });
    const make = await within(part).findByRole("button", { name: /^Make/ });
    expect(make).toBeDisabled();
    expect(make).toHaveAccessibleDescription(/lacks the scope Storefront API tokens \(manage\)/);
  });

  it("is looked at for every preset and each of its scopes", () => {
    expect(cases).toHaveLength(14);
  });
});
