import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { panelAddress } from "../testing/connecting";
import { shop, store } from "../testing/shop";
import { openWindow } from "../testing/window";
import { heading, open, toScopes } from "../testing/wizard";

const at = (place: string) => `/store/${store.key}/${place}`;
const press = (key: string, held = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...held });

/** From the orders, with one open, to a customer and on to the activity. */
async function walked() {
  const { router } = openWindow(at("orders?open=48219"), shop());
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Customer 0" }));
  await screen.findByRole("complementary", { name: "Customer Customer 0" });
  await user.keyboard("ga");
  await screen.findByText("Status of order 48219");
  const is = (place: string) => waitFor(() => expect(router.state.location.href).toBe(at(place)));
  return { router, user, is };
}

describe("going back", () => {
  it.each([
    ["Alt and the arrow", () => press("ArrowLeft", { altKey: true }), () => press("ArrowRight", { altKey: true })],
    ["the keyboard's own key", () => press("BrowserBack"), () => press("BrowserForward")],
    ["the mouse", () => fireEvent.mouseUp(document.body, { button: 3 }), () => fireEvent.mouseUp(document.body, { button: 4 })],
  ])("by %s leads through the screens, and forth again", async (_, back, forward) => {
    const { is } = await walked();
    back();
    await is("customers?open=17");
    back();
    await is("orders?open=48219");
    expect(await screen.findByText("Call first")).toBeVisible();
    // Nothing came before.
    back();
    forward();
    await is("customers?open=17");
  });

  it("works where something is being typed, and stays out of a sheet's way", async () => {
    const { is, user } = await walked();
    await user.keyboard("?");
    await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    for (const leave of [() => press("ArrowLeft", { altKey: true }), () => fireEvent.mouseUp(document.body, { button: 3 })]) {
      // Not left to the web view either, which would go back behind the sheet.
      leave();
      await is("activity");
    }
    expect(fireEvent.mouseUp(document.body, { button: 3 })).toBe(false);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    screen.getByRole("searchbox").focus();
    press("ArrowLeft", { altKey: true });
    // Held down, it goes no further, neither by us nor by the web view.
    expect(press("ArrowLeft", { altKey: true, repeat: true })).toBe(false);
    await is("customers?open=17");
  });

  it("stands in the command list, and says where there is nothing to go back to", async () => {
    const user = userEvent.setup();
    const { router } = openWindow(at("orders"), shop());
    await screen.findByText("48219");
    const option = async () => {
      await user.keyboard("{Control>}k{/Control}");
      await user.type(await screen.findByRole("combobox"), "back");
      return screen.findByRole("option", { name: /^Back/ });
    };
    expect(await option()).toHaveAttribute("aria-disabled", "true");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.keyboard("ga");
    await screen.findByText("Status of order 48219");
    await user.click(await option());
    await waitFor(() => expect(router.state.location.pathname).toBe(at("orders")));
  });

  it("goes step by step through the wizard, and asks before anything entered is lost", async () => {
    const { user } = open();
    await toScopes(user);
    press("ArrowLeft", { altKey: true });
    await heading("Which store?");
    expect(screen.getByLabelText("Address, API path or store hash")).toHaveValue(panelAddress);
    press("BrowserBack");
    expect(await screen.findByRole("alertdialog")).toBeVisible();
  });
});
