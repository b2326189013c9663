import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { AppError, StorefrontAnswer, StorefrontQuestion, StorefrontToken } from "../../ipc";
import { findings } from "../../testing/axe";
import type { Answers } from "../../testing/fakeBackend";
import { shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const token: StorefrontToken = {
  last4: "9x7q",
  channels: ["1"],
  scopes: ["unauthenticated"],
  madeAt: "2026-11-01T00:00:00Z",
  expiresAt: "2099-11-01T00:00:00Z",
  remindAt: "2099-10-01T00:00:00Z",
  entry: "Stockroom, storefront of abc123",
  isGone: false,
  isRefused: false,
};

const answer: StorefrontAnswer = {
  data: '{\n  "site": {}\n}',
  isCut: false,
  errors: [],
  host: "store-abc123.mybigcommerce.com",
  tookMs: 87,
};

function open(over: Answers = {}, one: Partial<StorefrontToken> | null = {}) {
  const user = userEvent.setup();
  const opened = openWindow(`/store/${store.key}/storefront`, {
    ...shop(),
    storefront_access: () => ({ current: one && { ...token, ...one }, spare: null }),
    ask_storefront: () => answer,
    ...over,
  });
  return { user, ...opened };
}

const fail = (error: AppError) => () => {
  throw error;
};
const doer = () => screen.findByRole("button", { name: /^Ask/ });
const answered = () => screen.getByRole("region", { name: "Answer" });

describe("the screen that asks the storefront", () => {
  it("leads to the settings where there is no token", async () => {
    const { user, router } = open({}, null);
    await user.click(await screen.findByRole("button", { name: "Storefront access" }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/settings`));
  });

  it("begins with a question, asks it, and shows the answer with where it came from", async () => {
    const { user, backend } = open();
    await user.click(await doer());
    await waitFor(() => expect(answered()).toHaveTextContent('"site": {}'));
    expect(answered()).toHaveTextContent("store-abc123.mybigcommerce.com answered in 87 ms");
    const asked = backend.last("ask_storefront") as StorefrontQuestion;
    expect(asked).toMatchObject({ store: store.key, channel: "1", variables: "" });
    expect(asked.document).toContain("storeName");
    expect(await findings()).toEqual([]);
  });

  it("is asked by Ctrl and Enter from the field of variables too, which want an object", async () => {
    const { user, backend } = open({ ask_storefront: fail({ code: "badInput", field: "variables" }) });
    const variables = await screen.findByLabelText("Values for variables");
    await user.click(variables);
    await user.paste("[1]");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("That is no JSON object. It begins and ends with a brace.")).toBeVisible();
    expect(backend.last("ask_storefront")).toMatchObject({ variables: "[1]" });
  });

  it("says that nothing was sent where a question would change something", async () => {
    const { user } = open({ ask_storefront: fail({ code: "notAQuery", changes: true }) });
    await user.click(await doer());
    const said = await within(answered()).findByRole("alert");
    expect(said).toHaveTextContent("Only questions can be asked here");
    expect(said).toHaveTextContent("It was not sent.");
  });

  it("shows objections with their place, beside whatever data came", async () => {
    const errors = [
      { message: "Unknown field", path: "site.nothing", code: "", line: 2, column: 3 },
      { message: "No scope", path: "", code: "INSUFFICIENT_ACCESS_SCOPE", line: null, column: null },
    ];
    const { user } = open({ ask_storefront: () => ({ ...answer, data: "null", errors }) });
    await user.click(await doer());
    expect(await screen.findByText("The storefront has 2 objections")).toBeVisible();
    expect(answered()).toHaveTextContent("Unknown field");
    expect(screen.getByRole("button", { name: "Line 2, column 3" })).toBeEnabled();
    expect(answered()).toHaveTextContent("Renew it with more that it may ask about.");
    expect(answered()).toHaveTextContent("There is no data in the answer.");
  });

  it("can be stopped, and says so", async () => {
    const held: { refuse?: (error: AppError) => void } = {};
    const { user, backend } = open({
      ask_storefront: () => new Promise((_, reject) => Object.assign(held, { refuse: reject })),
    });
    await user.click(await doer());
    await user.click(await screen.findByRole("button", { name: "Stop" }));
    const asked = backend.last("ask_storefront") as StorefrontQuestion;
    expect(backend.last("stop_asking")).toEqual({ store: store.key, id: asked.id });
    act(() => held.refuse?.({ code: "cancelled" }));
    expect(await screen.findByText(/^Stopped/)).toBeVisible();
    expect(await doer()).toBeEnabled();
  });

  it("puts an example in place of the question, and remembers it", async () => {
    const { user, backend } = open();
    await user.click(await screen.findByRole("button", { name: "Examples" }));
    await user.click(await screen.findByRole("menuitem", { name: "One product by its SKU" }));
    expect(await screen.findByLabelText("Values for variables")).toHaveValue('{ "sku": "" }');
    await user.click(await doer());
    await waitFor(() =>
      expect((backend.last("ask_storefront") as StorefrontQuestion).document).toContain("query BySku"),
    );
    await waitFor(() => expect(backend.last("set_layout")).toMatchObject({ name: "storefront-question" }));
  });

  it("lets another storefront be chosen where the token is good for several", async () => {
    const { user, backend } = open(
      { storefront_channels: () => ({ channels: [{ id: "1", name: "Main" }, { id: "667", name: "Outlet" }] }) },
      { channels: ["1", "667"] },
    );
    await user.click(await screen.findByRole("radio", { name: "Outlet" }));
    await user.click(await doer());
    await waitFor(() => expect(backend.last("ask_storefront")).toMatchObject({ channel: "667" }));
  });

  it("underlines what the storefront does not know", async () => {
    open({ storefront_schema: () => ({ schema: "type Query { shop: String }" }) });
    await doer();
    const root = document.querySelector("[data-editor]")?.shadowRoot;
    await waitFor(() => expect(root?.querySelector(".cm-lintRange")).toHaveTextContent("site"));
  });

  it("says so where the storefront doesn't tell what can be asked", async () => {
    open({ storefront_schema: fail({ code: "storefront", trouble: "said", message: "" }) });
    expect(await screen.findByText(/doesn’t say what can be asked/)).toBeVisible();
  });
});
