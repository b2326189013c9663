import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { ActivityEntry, Plan, ProductDetail, WeightUnit } from "../../ipc/bindings";
import { findings } from "../../testing/axe";
import type { Answers } from "../../testing/fakeBackend";
import {
  activityEntry,
  appState,
  homeNumbers,
  productChange,
  productDetail,
  productPlan,
  productRow,
  shop,
  store,
  storeState,
  usd,
} from "../../testing/shop";
import { openWindow } from "../../testing/window";

const list = `/store/${store.key}/products`;
const form = `${list}/77`;
const newForm = `${list}/new`;

const untouched = {
  name: null,
  sku: null,
  isDigital: null,
  price: null,
  costPrice: null,
  salePrice: null,
  weight: null,
  isVisible: null,
  description: null,
  inventoryTracking: null,
  inventoryLevel: null,
};

/** A shop where products change by plan `p7`. */
function productShop(change: Partial<Answers> = {}): Answers {
  return { ...shop(), plan_change: () => productPlan, apply: () => ({ job: "j7", entries: ["e7"] }), ...change } as Answers;
}

const withDetail = (change: Partial<ProductDetail>) => productShop({ product: () => ({ ...productDetail, ...change }) });
const entry = (change: Partial<ActivityEntry["row"]>): ActivityEntry => ({
  ...activityEntry,
  customer: "",
  row: { ...productChange, ...change },
});
const saidOfVariants = () => screen.queryByText(/^Products with variants are counted by their total/);
const field = (name: string | RegExp) => screen.findByRole("textbox", { name });

const weighed = (unit: WeightUnit | null) => ({ app_state: () => ({ ...appState, stores: [{ ...store, weightUnit: unit }] }) });

describe("a weight", () => {
  const weighs = { kind: "number", number: "0.52", unit: "pounds" } as const;
  const change = { field: "weight", before: weighs, after: { ...weighs, number: "0.91" } } as const;

  it("is told in the store's own unit, in the panel, the form and the preview", async () => {
    const user = userEvent.setup();
    const inPounds = { ...productPlan, fields: ["weight" as const], items: productPlan.items.map((one) => ({ ...one, fields: [change] })) };
    openWindow(`${list}?open=77`, productShop({ ...weighed("pounds"), plan_change: () => inPounds }));
    expect(await screen.findByText("0.52 lb")).toBeVisible();
    await user.click(await screen.findByRole("button", { name: "Edit" }));
    const typed = await field("Weight (lb)");
    expect(typed).not.toHaveAccessibleDescription(/own unit/);
    await user.clear(typed);
    await user.type(typed, "0.91");
    await user.keyboard("{Control>}{Enter}{/Control}");
    const preview = await screen.findByRole("dialog");
    expect(preview).toHaveTextContent("0.52 lb");
    expect(preview).toHaveTextContent("0.91 lb");
  });

  it("is told without a unit where the store hasn't named one", async () => {
    const user = userEvent.setup();
    openWindow(`${list}?open=77`, productShop(weighed(null)));
    expect(await screen.findByText("0.52")).toBeVisible();
    await user.click(await screen.findByRole("button", { name: "Edit" }));
    expect(await field("Weight")).toHaveAccessibleDescription("In the store’s own unit.");
  });
});

describe("the products' list", () => {
  it("shows name, SKU, price, stock and what is hidden, and how many each tab holds", async () => {
    openWindow(list, productShop());
    const row = (await screen.findByText("Product 1")).closest('[role="row"]');
    expect(row).toHaveTextContent("hidden from the storefront");
    expect(row).toHaveTextContent("P-1");
    expect(row).toHaveTextContent(/0.*Out/);
    expect(row).toHaveTextContent("$20.00");
    const sale = screen.getByText("Product 2").closest('[role="row"]');
    expect(sale).toHaveTextContent("Regular price $20.00, ");
    expect(sale).toHaveTextContent("sale price $15.00");
    expect(screen.getByRole("button", { name: /Hidden 2/ })).toBeVisible();
    expect(screen.getByRole("button", { name: /Out of stock 1/ })).toBeVisible();
    expect(screen.getByText("4 products", { selector: "span" })).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("calls a product without a name by its number, in the list, the panel, the form and the preview", async () => {
    const user = userEvent.setup();
    const nameless = { ...productPlan, items: productPlan.items.map((one) => ({ ...one, about: { kind: "product" as const, name: "", sku: "" } })) };
    openWindow(`${list}?open=77`, {
      ...productShop({ product: () => ({ ...productDetail, name: "" }), plan_change: () => nameless }),
      product_rows: ({ from, to }: { from: number; to: number }) => ({ from, rows: [{ ...productRow(0), name: "" }].slice(from, to) }),
      open_products: () => ({ view: "pv1", count: 1, countWithoutSearch: 1 }),
    });
    expect(await screen.findByRole("checkbox", { name: "Select product No name (77)" })).toBeVisible();
    const panel = await screen.findByRole("complementary", { name: "Product No name (77)" });
    expect(await within(panel).findByRole("heading", { name: "No name (77)" })).toBeVisible();
    await user.click(await within(panel).findByRole("button", { name: "Edit" }));
    expect(await screen.findByRole("heading", { name: "No name (77)" })).toBeVisible();
    const price = await field("Default price");
    await user.clear(price);
    await user.type(price, "21");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByRole("dialog", { name: "Change No name (77)" })).toBeVisible();
  });

  it("keeps room for pictures: letters stand there until one comes, and after one failed", async () => {
    openWindow(list, productShop());
    await screen.findByText("Product 0");
    const row = screen.getByText("Product 0").closest('[role="row"]') as HTMLElement;
    const image = row.querySelector("img");
    expect(image).toHaveAttribute("src", "/picture/northfold/77/thumbnail?v=v0");
    expect(image).toHaveAttribute("loading", "lazy");
    expect(row).toHaveTextContent("P0");
    image?.dispatchEvent(new Event("error"));
    await waitFor(() => expect(row.querySelector("img")).toBeNull());
    expect(row).toHaveTextContent("P0");
  });

  it("asks for what its tab says", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(list, productShop());
    await screen.findByText("Product 0");
    await user.click(screen.getByRole("button", { name: /^Hidden/ }));
    await waitFor(() => expect(backend.last("open_products")).toMatchObject({ visibility: "hidden", stock: "all" }));
    await user.click(screen.getByRole("button", { name: /^Low in stock/ }));
    await waitFor(() => expect(backend.last("open_products")).toMatchObject({ visibility: "all", stock: "low" }));
    await user.click(screen.getByRole("button", { name: "Price" }));
    await waitFor(() => expect(backend.last("open_products")).toMatchObject({ sort: "price", descending: true }));
  });

  it("says where it goes by stock that products with variants are counted by their total, if there are any", async () => {
    const user = userEvent.setup();
    openWindow(list, productShop({ home: () => ({ ...homeNumbers, someByVariant: true }) }));
    await screen.findByText("Product 0");
    expect(saidOfVariants()).toBeNull();
    for (const tab of [/^Low in stock/, /^Out of stock/]) {
      await user.click(screen.getByRole("button", { name: tab }));
      await waitFor(() => expect(saidOfVariants()).toBeVisible());
    }
    expect(await findings()).toEqual([]);
  });

  it("says nothing of variants in a shop that counts by none", async () => {
    openWindow(`${list}?show=out`, productShop());
    await screen.findByText("Product 0");
    expect(saidOfVariants()).toBeNull();
  });

  it("is searched from the box above it, and says when nothing is found", async () => {
    const user = userEvent.setup();
    const answers = productShop({ open_products: () => ({ view: "none", count: 0, countWithoutSearch: 4 }) });
    const { backend } = openWindow(`${list}?show=hidden`, answers);
    await user.type(await screen.findByRole("searchbox", { name: "Search products" }), "fjell");
    await waitFor(() => expect(backend.last("open_products")).toMatchObject({ search: "fjell", visibility: "hidden" }));
    expect(await screen.findByText("No product matches “fjell” in Hidden")).toBeVisible();
    expect(screen.getByRole("button", { name: "Search all 4 products" })).toBeVisible();
  });

  it.each([
    ["hidden", "No product is hidden"],
    ["low", "No product is low in stock"],
    ["out", "No product is out of stock"],
  ])("says that none is %s", async (tab, words) => {
    openWindow(
      `${list}?show=${tab}`,
      productShop({ open_products: () => ({ view: "none", count: 0, countWithoutSearch: 0 }) }),
    );
    expect(await screen.findByText(words)).toBeVisible();
  });

  it("says that a first pull is running", async () => {
    openWindow(
      list,
      productShop({
        open_products: () => ({ view: "none", count: 0, countWithoutSearch: 0 }),
        store_state: () => ({ ...storeState, phase: "firstPull", refreshedAt: null }),
      }),
    );
    expect(await screen.findByText("They appear here as they arrive. You can go on working meanwhile.")).toBeVisible();
  });

  it("out of the token's reach says which scope is missing, and what to do", async () => {
    const missingScopes = [{ scope: "products", level: "readOnly" }];
    openWindow(
      list,
      productShop({
        app_state: () => ({ ...appState, stores: [{ ...store, missingScopes }] }),
        home: () => ({ ...(shop()["home"]?.(undefined as never) as object), products: 0 }),
        open_products: () => ({ view: "none", count: 0, countWithoutSearch: 0 }),
      }),
    );
    expect(await screen.findByRole("button", { name: "Replace the token…" })).toBeVisible();
    const make = screen.getByRole("button", { name: "New product" });
    expect(make).toBeDisabled();
    expect(make).toHaveAccessibleDescription("Needs the scope Products, modify.");
  });

  it("names what could not be read, and leads to where it can be put right", async () => {
    const user = userEvent.setup();
    const unreadable = [{ area: "products" as const, id: "9", path: "price", reason: "is no number" }];
    const { backend } = openWindow(list, productShop({ store_state: () => ({ ...storeState, unreadable }) }));
    await user.click(await screen.findByRole("button", { name: "1 product could not be read" }));
    const note = await screen.findByRole("dialog", { name: "1 product could not be read" });
    expect(note).toHaveTextContent(/Product 9 price(?!:)/);
    expect(note).toHaveTextContent("save it there: it is read again as soon as it changes");
    await user.click(within(note).getByRole("button", { name: "Open Product 9 in BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: store.key, page: "product", id: "9" });
    expect(await findings()).toEqual([]);
  });

  it("hides many at once by one plan", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(list, productShop());
    await user.click(await screen.findByRole("checkbox", { name: "Select product Product 0" }));
    await user.click(screen.getByRole("checkbox", { name: "Select product Product 2" }));
    const bar = screen.getByRole("region", { name: "Ticked products" });
    expect(within(bar).getByText("2 of 4 products")).toBeVisible();
    await user.click(within(bar).getByRole("button", { name: "Hide…" }));
    await waitFor(() =>
      expect(backend.last("plan_change")).toEqual({
        store: store.key,
        wanted: {
          kind: "products",
          changes: ["77", "79"].map((product) => ({ product, values: { ...untouched, isVisible: false } })),
        },
      }),
    );
    expect(await findings()).toEqual([]);
  });
});

describe("a product beside the list", () => {
  it("shows what there is to know, and what was changed from here", async () => {
    openWindow(`${list}?open=77`, withDetail({ salePrice: usd("15.00"), calculatedPrice: usd("15.00") }));
    const panel = await screen.findByRole("complementary", { name: "Product Product 0" });
    expect(await within(panel).findByText("Outdoor › Jackets")).toBeVisible();
    // 15 − 8, of 15.
    expect(within(panel).getByText("$7.00, 46.7%")).toBeVisible();
    expect(within(panel).getByText("Price: $19.00 → $20.00")).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("puts its last change back", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`${list}?open=77`, productShop({ plan_undo: () => ({ ...productPlan, isUndo: true }) }));
    const panel = await screen.findByRole("complementary", { name: "Product Product 0" });
    await user.click(await within(panel).findByRole("button", { name: "More actions" }));
    await user.click(await screen.findByRole("menuitem", { name: /Undo last change/ }));
    await waitFor(() => expect(backend.last("plan_undo")).toEqual({ store: store.key, entries: ["e7"] }));
  });

  it("opens its page in the control panel", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(`${list}?open=77`, productShop());
    await user.click(await screen.findByRole("button", { name: "Open in BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: store.key, page: "product", id: "77" });
  });

  it("that is gone says so", async () => {
    const answers = productShop({
      product: () => {
        throw { code: "notFound" };
      },
    });
    openWindow(`${list}?open=99`, answers);
    expect(await screen.findByText("This product is not on this computer")).toBeVisible();
  });
});

describe("a product's form", () => {
  it("marks what is changed, and sends that and nothing else, exactly", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(form, productShop());
    const price = await field("Default price");
    expect(price).toHaveValue("20.00");
    await user.clear(price);
    await user.type(price, "1,249.5");
    await user.tab();
    expect(price).toHaveValue("1,249.50");
    expect(screen.getByRole("button", { name: "Undo, was $20.00" })).toBeVisible();
    expect(screen.getByText("Margin $1,241.50, 99.4%")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Review 1 change" }));
    await waitFor(() =>
      expect(backend.last("plan_change")).toEqual({
        store: store.key,
        wanted: { kind: "products", changes: [{ product: "77", values: { ...untouched, price: "1249.50" } }] },
      }),
    );
    expect(await screen.findByRole("dialog")).toBeVisible();
  });

  it("is reviewed when that is asked for, also where small edits go at once", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(form, productShop({ plan_change: () => ({ ...productPlan, mustConfirm: false }) }));
    await user.type(await field("Name"), "!");
    await user.click(screen.getByRole("button", { name: "Review 1 change" }));
    expect(await screen.findByRole("dialog")).toBeVisible();
    expect(backend.times("apply")).toBe(0);
  });

  it("goes back to the product after its change was applied", async () => {
    const user = userEvent.setup();
    const { backend, router } = openWindow(`${form}?show=hidden&q=prod`, productShop({ activity_entry: () => entry({}) }));
    await user.type(await field("Name"), "!");
    await user.keyboard("{Control>}{Enter}{/Control}");
    const sheet = await screen.findByRole("dialog");
    await user.click(within(sheet).getByRole("button", { name: "Change product" }));
    expect(await screen.findByRole("complementary", { name: "Product Product 0" })).toBeVisible();
    expect(router.state.location.search).toMatchObject({ show: "hidden", q: "prod", open: "77" });
    // The store has it, so nothing is left to send.
    await waitFor(() => expect(backend.last("draft_product")).toEqual({ store: store.key, product: "77", text: null }));
    expect(screen.getByRole("button", { name: "Edit" })).toBeVisible();
  });

  it("demand 25: Tab, blur and navigation never lose what was typed", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(form, productShop());
    await user.type(await field("Name"), " typed");
    await user.tab();
    const price = await field("Default price");
    await user.clear(price);
    // Half an amount is no amount yet; it is kept all the same.
    await user.type(price, "12,3 or so");
    await user.tab();
    await user.click(screen.getByRole("link", { name: "Customers" }));
    expect(await screen.findByText("Customer 0")).toBeVisible();
    expect(JSON.parse((backend.last("draft_product") as { text: string }).text)).toMatchObject({
      fields: { name: { typed: "Product 0 typed", base: "Product 0" }, price: { typed: "12,3 or so" } },
    });
    await user.click(screen.getByRole("link", { name: "Products" }));
    await user.click(await screen.findByText("Product 0"));
    await user.click(await screen.findByRole("button", { name: "Go on editing, 2 unsent changes" }));
    expect(await field("Name")).toHaveValue("Product 0 typed");
    expect(await field("Default price")).toHaveValue("12,3 or so");
    expect(backend.times("plan_change")).toBe(0);
  });

  it("says what the store would refuse when a field is left, and goes to the first such field", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(form, productShop());
    const name = await field("Name");
    await user.clear(name);
    expect(screen.queryByText("A product needs a name.")).toBeNull();
    await user.tab();
    expect(await screen.findByText("A product needs a name.")).toBeVisible();
    expect(name).toBeInvalid();
    const cost = await field("Cost");
    await user.clear(cost);
    await user.type(cost, "-4");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("It can’t be below 0.")).toBeVisible();
    expect(screen.getByText("2 fields have to be put right first.")).toBeVisible();
    await waitFor(() => expect(name).toHaveFocus());
    expect(backend.times("plan_change")).toBe(0);
    expect(await findings()).toEqual([]);
  });

  it("says beside the field what somebody else made of it meanwhile, and keeps what was typed", async () => {
    const user = userEvent.setup();
    let now = productDetail;
    const { backend } = openWindow(form, productShop({ product: () => now }));
    const price = await field("Default price");
    await user.clear(price);
    await user.type(price, "21");
    now = { ...productDetail, price: usd("25.0000") };
    backend.tell({ kind: "stale", store: store.key, tags: ["products"] });
    expect(await screen.findByText("Somebody changed it in the store meanwhile, to $25.00.")).toBeVisible();
    expect(price).toHaveValue("21");
    await user.click(screen.getByRole("button", { name: "Stay with mine" }));
    expect(screen.queryByText(/meanwhile/)).toBeNull();
    expect(price).toHaveValue("21.00");
    now = { ...productDetail, price: usd("26.0000") };
    backend.tell({ kind: "stale", store: store.key, tags: ["products"] });
    await user.click(await screen.findByRole("button", { name: "Take the store’s" }));
    expect(price).toHaveValue("26.00");
    expect(screen.getByText("No changes")).toBeVisible();
  });

  it.each([
    ["nameTaken", "Name", "Another product has this name. Names are unique in a store."],
    ["skuTaken", "SKU", "Another product or variant has this SKU."],
  ] as const)("says at its field what another product has: %s", async (because, name, words) => {
    const user = userEvent.setup();
    const plan: Plan = {
      ...productPlan,
      count: 0,
      items: [],
      leftOutCount: 1,
      leftOut: [{ subject: { kind: "product", product: "77" }, because }],
    };
    const { backend } = openWindow(form, productShop({ plan_change: () => plan }));
    const typed = await field(name);
    await user.type(typed, "9");
    await user.click(screen.getByRole("button", { name: "Review 1 change" }));
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(backend.last("discard_plan")).toEqual({ plan: "p7" });
    await waitFor(() => expect(typed).toHaveFocus());
    await user.type(typed, "9");
    await waitFor(() => expect(screen.queryByText(words)).toBeNull());
  });

  it("leaves a description to the byte wherever nothing was typed", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(form, productShop());
    const source = await field("Description, HTML source");
    expect(source).toHaveValue("<p>First</p>\n<p>Second</p>\n");
    await user.type(source, "<p>Third</p>");
    await user.click(screen.getByRole("button", { name: "Review 1 change" }));
    await waitFor(() =>
      expect(backend.last("plan_change")).toMatchObject({
        wanted: { changes: [{ values: { ...untouched, description: "<p>First</p>\r\n<p>Second</p>\r\n<p>Third</p>" } }] },
      }),
    );
  });

  it("says why there is no stock level to type, and offers to count", async () => {
    const user = userEvent.setup();
    openWindow(form, withDetail({ inventoryTracking: "none", stock: "uncounted" }));
    const level = await field("Stock level");
    expect(level).toBeDisabled();
    expect(level).toHaveAccessibleDescription("Stock is not counted.");
    await user.click(screen.getByRole("button", { name: "Count it on the product" }));
    expect(level).toBeEnabled();
    await user.click(screen.getByRole("radio", { name: "Not at all" }));
    expect(screen.getByText("No changes")).toBeVisible();
  });

  it("of a product with variants leaves the level to them", async () => {
    openWindow(form, withDetail({ inventoryTracking: "variant", hasVariants: true, inventoryLevel: 41 }));
    const level = await field("Stock level");
    expect(level).toBeDisabled();
    expect(level).toHaveAccessibleDescription("Each variant has its own level; together they make 41.");
  });

  it("leaves alone what is on its way", async () => {
    openWindow(
      form,
      withDetail({
        pending: [
          { entry: "e8", field: "price", wanted: { kind: "amount", amount: "21", currency: "USD" }, state: "sending" },
        ],
      }),
    );
    const price = await field("Default price");
    expect(price).toBeDisabled();
    expect(price).toHaveAccessibleDescription("A change of it is on its way.");
    expect(await field("Name")).toBeEnabled();
  });

  it("of a read-only store can be looked at only, and says why", async () => {
    openWindow(
      form,
      productShop({ app_state: () => ({ ...appState, stores: [{ ...store, safety: "readOnly" }] }) }),
    );
    expect(await field("Name")).toBeDisabled();
    expect(screen.getByRole("button", { name: "Review" })).toHaveAccessibleDescription("This store is read-only here.");
  });

  it("throws away what was typed only when asked twice", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(form, productShop());
    await user.type(await field("Name"), "!");
    await user.click(screen.getByRole("button", { name: "Discard…" }));
    await user.click(await screen.findByRole("button", { name: "Discard 1 change" }));
    expect(await field("Name")).toHaveValue("Product 0");
    await waitFor(() => expect(backend.last("draft_product")).toMatchObject({ text: null }));
  });
});

it("that somebody else was first to change is not said to be refused by the store", async () => {
  const user = userEvent.setup();
  const draft = { fields: { price: { typed: "21.00", base: "20.00" } }, sent: "e7" };
  openWindow(
    `${list}?open=77`,
    productShop({
      product: () => ({
        ...productDetail,
        draft: JSON.stringify(draft),
        price: usd("25.0000"),
        pending: [{ entry: "e7", field: "price", wanted: { kind: "amount", amount: "21", currency: "USD" }, state: "conflict" }],
      }),
      product_draft: () => ({ store: store.key, product: "77", text: JSON.stringify(draft) }),
      activity_entry: () => entry({ state: "conflict" }),
    }),
  );
  expect(await screen.findByText("Not changed: somebody was first")).toBeVisible();
  expect(screen.queryByText("The store did not take the last change")).toBeNull();
  await user.click(await screen.findByRole("button", { name: "Go on editing, 1 unsent change" }));
  expect(await screen.findByText("Nothing was sent: somebody changed it in the store meanwhile")).toBeVisible();
  expect(screen.getByText("Somebody changed it in the store meanwhile, to $25.00.")).toBeVisible();
});

describe("a new product", () => {
  it("is hidden to begin with and says so, and needs a name and a price", async () => {
    const user = userEvent.setup();
    const { backend } = openWindow(newForm, productShop());
    expect(await screen.findByText("Hidden to begin with, so that nobody meets it half finished.")).toBeVisible();
    const review = screen.getByRole("button", { name: "Review new product" });
    expect(review).toBeDisabled();
    await user.type(await field("Name"), "Tarn Mug");
    await user.click(review);
    expect(await screen.findByText("A product needs a price. It may be 0.")).toBeVisible();
    await waitFor(async () => expect(await field("Default price")).toHaveFocus());
    await user.keyboard("18,5");
    await user.click(review);
    await waitFor(() =>
      expect(backend.last("plan_change")).toEqual({
        store: store.key,
        wanted: { kind: "newProduct", values: { ...untouched, name: "Tarn Mug", price: "18.50" } },
      }),
    );
    expect(await findings()).toEqual([]);
  });

  it("opens as soon as the store has made it", async () => {
    const user = userEvent.setup();
    let row = entry({ subject: { kind: "newProduct" }, doing: "create", state: "sending" });
    const { backend } = openWindow(newForm, productShop({ activity_entry: () => row }));
    await user.type(await field("Name"), "Tarn Mug");
    await user.type(await field("Default price"), "18.5");
    await user.click(screen.getByRole("button", { name: "Review new product" }));
    await user.click(await within(await screen.findByRole("dialog")).findByRole("button", { name: "Change product" }));
    expect(await screen.findByText("The product is being made")).toBeVisible();
    // Until then what was typed is kept.
    expect(JSON.parse((backend.last("draft_product") as { text: string }).text)).toMatchObject({ sent: "e7" });
    row = entry({ subject: { kind: "product", product: "123" }, doing: "create", state: "done" });
    backend.tell({ kind: "stale", store: store.key, tags: ["activity"] });
    expect(await screen.findByRole("button", { name: "Edit" })).toBeVisible();
    expect(backend.last("product")).toEqual({ store: store.key, product: "123" });
    await user.click(screen.getByRole("button", { name: "New product" }));
    expect(await field("Name")).toHaveValue("");
  });

  it("that the store refuses is still there to be put right", async () => {
    const draft = {
      fields: { name: { typed: "Tarn Mug", base: "" }, price: { typed: "18.50", base: "" } },
      sent: "e7",
    };
    openWindow(
      newForm,
      productShop({
        product_draft: () => ({ store: store.key, product: null, text: JSON.stringify(draft) }),
        activity_entry: () => entry({ doing: "create", state: "refused", said: { reason: { kind: "invalid", fields: [] }, words: "The SKU is no good." } }),
      }),
    );
    expect(await screen.findByText(/The SKU is no good\./)).toBeVisible();
    expect(await field("Name")).toHaveValue("Tarn Mug");
    expect(screen.getByRole("button", { name: "Review new product" })).toBeEnabled();
  });
});

it("rows of the list are what the list was told", () => {
  // Holds the double to the shape of what it stands for.
  expect(productRow(1)).toMatchObject({ isVisible: false, stock: "out" });
});
