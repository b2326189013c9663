import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Unreadable } from "../ipc";
import type { Answers } from "../testing/fakeBackend";
import { listed, press } from "../testing/keys";
import { shop, store, storeState } from "../testing/shop";
import { openWindow } from "../testing/window";

const unreadable: Unreadable[] = [
  { area: "products", id: "9", path: "$.price", reason: "expected a number" },
  { area: "products", id: "9", path: "$.sku", reason: "expected a string" },
  // The same number in another area is another thing.
  { area: "orders", id: "9", path: "$.total_tax", reason: "expected a number" },
];

/** What can be done with what could not be read, in the list of commands over the settings. */
async function offered(answers: Answers = {}) {
  const user = userEvent.setup();
  const opened = openWindow(`/store/${store.key}/settings`, {
    ...shop(),
    store_state: () => ({ ...storeState, unreadable }),
    ...answers,
  });
  await screen.findByRole("heading", { name: "Settings" });
  press(["Ctrl", "K"]);
  await user.type(await screen.findByRole("combobox"), "could not be read");
  return { user, ...opened };
}

const chosen = () => screen.getByRole("option", { selected: true }).querySelector("[class*=label]")?.textContent;

it("is opened by one command each, however much of it could not be read, and the arrows lead past it", async () => {
  const { user, backend } = await offered();
  const all = ["Open Product 9 in BigCommerce", "Open Order 9 in BigCommerce", "Copy for a report"];
  expect(listed()).toEqual(all);
  const walked: unknown[] = [];
  for (const _ of all) {
    walked.push(chosen());
    await user.keyboard("{ArrowDown}");
  }
  expect(walked).toEqual(all);
  await user.click(screen.getByRole("option", { name: /^Open Product 9 in BigCommerce/ }));
  await waitFor(() => expect(backend.last("open_page")).toEqual({ store: store.key, page: "product", id: "9" }));
});

it("says that it could not be opened", async () => {
  const { user } = await offered({
    open_page: () => {
      throw { code: "network", trouble: "refused", host: "api.example.com" };
    },
  });
  await user.click(screen.getByRole("option", { name: /^Open Product 9 in BigCommerce/ }));
  expect(await screen.findByText("No connection")).toBeVisible();
});
