import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { findings } from "../../testing/axe";
import { attempt, hash, madeUpToken } from "../../testing/connecting";
import { store } from "../../testing/shop";
import { heading, open, pasteAndEnter, toName, toScopes } from "../../testing/wizard";

describe("connecting a store", () => {
  it("goes from an address to a saved store by keyboard alone", async () => {
    const { user, backend, router } = open();
    await toName(user);
    expect(screen.getByLabelText("Name")).toHaveFocus();
    expect(screen.getByLabelText("Name")).toHaveValue("Northfold Supply");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
    expect(backend.last("connect_begin")).toEqual({
      address: hash,
      preset: "ordersDesk",
      storefront: false,
      from: { kind: "typed", token: madeUpToken },
    });
    // It came in no file.
    expect(backend.last("connect_tidy")).toEqual({ clipboard: true, file: false });
    expect(backend.last("connect_save")).toEqual({
      attempt: attempt.attempt,
      name: "Northfold Supply",
      color: "spruce",
      safety: "askRisky",
      untilQuit: false,
    });
  });

  it("moves the focus along with each step", async () => {
    const { user } = open();
    expect(await screen.findByLabelText("Address, API path or store hash")).toHaveFocus();
    await toScopes(user);
    expect(await heading("What may Stockroom do?")).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(await heading("Hand over the credentials")).toHaveFocus();
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    expect(await heading("Check")).toHaveFocus();
  });

  it("is readable for a screen reader at every step", async () => {
    const { user } = open();
    await heading("Which store?");
    expect(await findings()).toEqual([]);
    await toScopes(user);
    expect(await findings()).toEqual([]);
    await user.keyboard("{Enter}");
    await heading("Hand over the credentials");
    expect(await findings()).toEqual([]);
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    await screen.findByText("none of 4 is missing");
    expect(await findings()).toEqual([]);
    await user.keyboard("{Enter}");
    await heading("Name it");
    expect(await findings()).toEqual([]);
  });
});
