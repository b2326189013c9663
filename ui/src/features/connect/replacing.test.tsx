import { screen, waitFor } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Store } from "../../ipc";
import { findings } from "../../testing/axe";
import { attempt, firstStart, handed, hash, lacking, madeUpToken } from "../../testing/connecting";
import type { Answers } from "../../testing/fakeBackend";
import { store } from "../../testing/shop";
import { openWindow } from "../../testing/window";
import { heading, pasteAndEnter } from "../../testing/wizard";

/** The wizard for a store whose old token ends in `0ld4`. */
const replacing = (over: Answers = {}, old: Partial<Store> = {}) => {
  const user = userEvent.setup();
  const opened = openWindow(`/connect?store=${store.key}`, {
    ...firstStart({ stores: [{ ...store, tokenLast4: "0ld4", ...old }], current: store.key }),
    connect_begin: () => ({ ...handed, attempt: { ...attempt, connectedAs: store.key } }),
    ...over,
  });
  return { user, ...opened };
};

const toNewToken = async (user: UserEvent) => {
  await heading("Hand over the credentials");
  await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
  await heading("Check");
};

describe("replacing a token", () => {
  it("starts at the credentials and keeps the store's name, color and safety", async () => {
    const berry = { ...store, color: "berry" as const, name: "Northfold West", tokenLast4: "0ld4" };
    const user = userEvent.setup();
    const { backend } = openWindow(`/connect?store=${store.key}`, {
      ...firstStart({ stores: [berry], current: store.key }),
      connect_begin: () => ({ ...handed, attempt: { ...attempt, connectedAs: store.key } }),
    });
    await heading("Hand over the credentials");
    expect(screen.getByLabelText("Store hash")).toHaveValue(hash);
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    expect(await screen.findByText(/Already connected as Northfold West. Saving replaces its token/)).toBeVisible();
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.click(screen.getByRole("button", { name: "Save and use the new token" }));
    await waitFor(() =>
      expect(backend.last("connect_save")).toMatchObject({ name: "Northfold West", color: "berry", safety: "askAlways" }),
    );
  });

  it("says what would be lost before anything is replaced", async () => {
    const { user } = replacing({ connect_check: () => lacking("Customers") });
    await toNewToken(user);
    expect(await screen.findByText("The token in use can do more: Customers would be lost")).toBeVisible();
  });

  it("does not call lost what the old token never had", async () => {
    const missingScopes = [{ label: "Customers", modify: false, readable: false }];
    const { user } = replacing({ connect_check: () => lacking("Customers") }, { missingScopes });
    await toNewToken(user);
    expect(await screen.findByRole("heading", { name: "1 scope is missing" })).toBeVisible();
    expect(screen.queryByText(/would be lost/)).toBeNull();
  });

  it("notices the same token", async () => {
    const { user } = replacing({}, { tokenLast4: attempt.last4 });
    await toNewToken(user);
    expect(await screen.findByText(/also ends in f3a9. If it is the same, saving changes nothing/)).toBeVisible();
  });

  it("tries the new token out, and says what deleting the old account takes along", async () => {
    const { user, backend, router } = replacing();
    await toNewToken(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.keyboard("{Enter}");
    expect(await heading("The token is replaced")).toBeVisible();
    expect(await screen.findByText("Tried out: the store answers to it")).toBeVisible();
    expect(screen.getByRole("heading", { level: 2 })).toHaveTextContent("The account of the old token (ending in 0ld4)");
    expect(screen.getByText("Webhooks that it created: they stop for good.")).toBeVisible();
    expect(await findings()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "API accounts in BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: store.key, page: "apiAccounts", id: null });
    await user.click(screen.getByRole("button", { name: /^Open the store/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
  });
});
