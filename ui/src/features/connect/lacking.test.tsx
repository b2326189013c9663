import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { MissingScope } from "../../ipc";
import { findings } from "../../testing/axe";
import { firstStart } from "../../testing/connecting";
import type { Answers } from "../../testing/fakeBackend";
import { appState, shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const nothing: Answers = {
  statuses: () => ({ statuses: [], total: 0 }),
  open_orders: () => ({ view: "none", count: 0, totals: [], countWithoutSearch: 0 }),
  open_products: () => ({ view: "none", count: 0, countWithoutSearch: 0 }),
  open_customers: () => ({ view: "none", count: 0, countWithoutSearch: 0 }),
};

/** Where one sees that a scope is missing, and what is said there. Without it, what is greyed names its reason. */
const places = {
  Orders: { screen: "orders", words: "This store’s token may not read orders" },
  Products: { screen: "products", words: "This store’s token may not read products" },
  Customers: { screen: "customers", words: "This store’s token may not read customers" },
  "Information & settings": { screen: "settings", words: /1 scope is missing: Information & settings \(read-only\)/ },
} as const;

const presets = firstStart()["presets"]?.(undefined as never) as {
  presets: { preset: "lookOnly"; scopes: { label: keyof typeof places; level: MissingScope["level"] }[] }[];
};
const cases = presets.presets.flatMap(({ preset, scopes }) =>
  scopes.map(({ label, level }) => [preset, label, level] as const),
);

describe("what a token lacks", () => {
  it.each(cases)("of %s, %s, is greyed where it would be used, with its reason and the way out", async (preset, label, level) => {
    const missingScopes = [{ label, level, readable: false }];
    const { screen: place, words } = places[label];
    openWindow(`/store/${store.key}/${place}`, {
      ...shop(),
      ...nothing,
      home: () => ({ ...(shop()["home"]?.(undefined as never) as object), products: 0 }),
      presets: () => presets,
      app_state: () => ({ ...appState, stores: [{ ...store, preset, missingScopes }] }),
    });
    expect((await screen.findAllByText(words))[0]).toBeVisible();
    const ways = await screen.findAllByRole("button", { name: /^(Replace the token…|Connect again…)$/ });
    expect(ways[0]).toBeEnabled();
    expect(await findings()).toEqual([]);
  });

  it("is looked at for every preset and each of its scopes", () => {
    expect(cases).toHaveLength(14);
  });
});
