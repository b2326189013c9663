import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type MissingScope, type ScopeName, scopeTable, type Store } from "../../ipc/bindings";
import { levelWord } from "../../lib/levels";
import { scopeWord } from "../../lib/scopes";
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
  orders: { screen: "orders", words: "This store’s token may not read orders" },
  products: { screen: "products", words: "This store’s token may not read products" },
  customers: { screen: "customers", words: "This store’s token may not read customers" },
  information: { screen: "settings", words: /1 scope is missing: Information & settings \(read-only\)/ },
} as const;

/** What can't be used without a scope: where it is, and its name there. Of others nothing is changed here. */
const greyed = {
  orders: [
    { at: "orders?open=48219", tick: null, name: "Change status…" },
    { at: "orders", tick: "Select order 48219", name: "Change status…" },
  ],
  products: [
    { at: "products", tick: null, name: "New product" },
    { at: "products", tick: "Select product Product 0", name: "Show on storefront…" },
    { at: "products", tick: "Select product Product 0", name: "Hide…" },
  ],
} as const;

/** A scope is gone altogether: the backend says how far any preset could make use of it, whatever this one asks for. */
function gone(scope: ScopeName): MissingScope {
  const everything = scopeTable.presets.find(({ preset }) => preset === "everything");
  const level = everything?.scopes.find((one) => one.scope === scope)?.level ?? "readOnly";
  return { scope, level, readable: false };
}

/** Only changing has been refused. */
const unchangeable = (scope: ScopeName): MissingScope => ({ scope, level: "modify", readable: true });

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
  scopes.map(({ scope, level }) => [preset, scope as keyof typeof places, level] as const),
);

describe("what a token lacks", () => {
  it.each(cases)("of %s, %s, is told where it would be used, with the way out", async (preset, scope) => {
    const { screen: place, words } = places[scope];
    open(place, preset, [gone(scope)], nothing);
    expect((await screen.findAllByText(words))[0]).toBeVisible();
    const ways = await screen.findAllByRole("button", { name: /^(Replace the token…|Connect again…)$/ });
    expect(ways[0]).toBeEnabled();
    expect(await findings()).toEqual([]);
  });

  it.each(cases)("of %s, %s, is named in the settings at the level that was asked for: %s", async (preset, scope, level) => {
    open("settings", preset, [gone(scope)]);
    const words = `1 scope is missing: ${scopeWord(scope)} (${levelWord(level)})`;
    expect(await screen.findByText(words)).toBeVisible();
  });

  it.each(cases)("of %s, %s at %s, is not called missing if more was never asked for", async (preset, scope, level) => {
    const asked = scopeTable.presets.find((one) => one.preset === preset)?.scopes ?? [];
    const beside = asked.find((one) => one.scope !== scope)!;
    open("settings", preset, [unchangeable(scope), gone(beside.scope)]);
    const scopes = [...(level === "modify" ? [{ scope, level }] : []), beside];
    const named = scopes.map((one) => `${scopeWord(one.scope)} (${levelWord(one.level)})`).join(", ");
    expect(await screen.findByText(`${scopes.length === 1 ? "1 scope is" : "2 scopes are"} missing: ${named}`)).toBeVisible();
  });

  const controls = (["orders", "products"] as const).flatMap((scope) =>
    [gone(scope), unchangeable(scope)].flatMap((lacks) => greyed[scope].map((control) => ({ ...control, scope, lacks }))),
  );
  it.each(controls)("greys $name of $at without $scope (to be read: $lacks.readable)", async ({ at, tick, name, scope, lacks }) => {
    const user = userEvent.setup();
    open(at, "everything", [lacks]);
    if (tick) await user.click(await screen.findByRole("checkbox", { name: tick }));
    const control = await screen.findByRole("button", { name });
    expect(control).toBeDisabled();
    expect(control).toHaveAccessibleDescription(`Needs the scope ${scopeWord(scope)}, modify.`);
  });

  it.each([gone("orders"), unchangeable("orders")])("greys an order’s notes", async (lacks) => {
    open("orders?open=48219", "ordersDesk", [lacks]);
    const notes = await screen.findByRole("textbox", { name: "Staff notes" });
    expect(notes).toBeDisabled();
    expect(notes).toHaveAccessibleDescription("Needs the scope Orders, modify.");
  });

  it("greys making a token for the storefront", async () => {
    open("settings", "everything", [{ scope: "storefrontTokens", level: "manage", readable: true }]);
    const part = await screen.findByRole("region", { name: "Storefront access" });
    const make = await within(part).findByRole("button", { name: /^Make/ });
    expect(make).toBeDisabled();
    expect(make).toHaveAccessibleDescription(/lacks the scope Storefront API tokens \(manage\)/);
  });

  it("is looked at for every preset and each of its scopes", () => {
    expect(cases).toHaveLength(14);
  });
});
