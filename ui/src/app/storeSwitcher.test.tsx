import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Store, StoreState } from "../ipc";
import { findings } from "../testing/axe";
import { appState, shop, store, storeState } from "../testing/shop";
import { openWindow } from "../testing/window";

const other = (key: string, name: string, more: Partial<Store> = {}): Store => ({ ...store, key, name, ...more });
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

const stores = [
  store,
  other("wholesale", "Northfold Wholesale", { plan: "Plus" }),
  other("harbor", "Harbor Outlet", { plan: "Standard" }),
  other("pier", "Pier Shop"),
  other("sample", "Sample store", { isSample: true, tokenHome: "sample" }),
];
const statesNow = (): Record<string, Partial<StoreState>> => ({
  [store.key]: { refreshedAt: hoursAgo(0) },
  wholesale: { refreshedAt: hoursAgo(3) },
  harbor: { refreshedAt: hoursAgo(3), trouble: { code: "network", trouble: "timedOut", host: "api.example" } },
  pier: { refreshedAt: null, ordersInStore: null, orders: 0 },
});

const row = (name: RegExp) => screen.findByRole("menuitem", { name });

it("says of every store how fresh what is here of it is, as part of its name", async () => {
  const user = userEvent.setup();
  const asked: string[] = [];
  const answers = shop();
  answers["app_state"] = () => ({ ...appState, stores });
  answers["store_state"] = ({ store: key }: { store: string }) => {
    asked.push(key);
    return { ...storeState, ...statesNow()[key], store: key };
  };
  openWindow(`/store/${store.key}/orders`, answers);
  await user.click(await screen.findByRole("button", { name: /^Store: / }));

  expect(await row(/^Northfold Supply.*Pro.plan · Up.to.date.(just.now|\d+.s.ago)/)).toBeVisible();
  expect(await row(/^Northfold Wholesale.*Plus.plan · Up.to.date.3.h.ago/)).toBeVisible();
  expect(await row(/^Harbor Outlet.*Standard.plan · Offline,.as.of./)).toBeVisible();
  expect(await row(/^Pier Shop.*Pro.plan · not.pulled.yet/)).toBeVisible();
  // It is begun when somebody looks at it, and not before.
  expect(await row(/^Sample store.*starts over when you ask/)).not.toHaveTextContent("·");
  expect(asked).not.toContain("sample");
  expect(await findings()).toEqual([]);
});
