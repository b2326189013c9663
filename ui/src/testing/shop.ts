import type {
  ActivityEntry,
  ActivityRow,
  AddressDto,
  AppState,
  CustomerDetail,
  CustomerRow,
  FieldChange,
  Job,
  MoneyDto,
  HomeNumbers,
  OrderDetail,
  OrderPartsDto,
  OrderRow,
  Plan,
  PlanItem,
  PlanKinds,
  ProductDetail,
  ProductRow,
  SalesDto,
  SalesOverTime,
  SalesPeriod,
  Store,
  StoreState,
} from "../ipc/bindings";
import { scopeTable } from "../ipc/bindings";
import type { Answers } from "./fakeBackend";
import { findAmong } from "./finding";

// Invented: no person, shop or order here exists.

/** An amount in US dollars. */
export const usd = (amount: string): MoneyDto => ({ amount, currency: "USD" });

/** A store. */
export const store: Store = {
  key: "northfold",
  hash: "k7v2mq9x1d",
  name: "Northfold Supply",
  color: "spruce",
  safety: "askAlways",
  isSample: false,
  domain: "northfold.example",
  plan: "Pro",
  timeZone: "UTC",
  currency: "USD",
  weightUnit: "kilograms",
  channel: "1",
  tokenHome: "keychain",
  tokenLast4: "f3a9",
  tokenEntry: "Stockroom: Northfold Supply",
  preset: "everything",
  missingScopes: [],
  mayConnect: true,
};

/** How it is doing: well. */
export const storeState: StoreState = {
  store: store.key,
  phase: "idle",
  orders: 3,
  ordersInStore: 3,
  areas: [
    { area: "orders", here: 3, inStore: 3, isComplete: true, outOfReach: null },
    { area: "products", here: 0, inStore: 0, isComplete: true, outOfReach: null },
    { area: "customers", here: 0, inStore: 0, isComplete: true, outOfReach: null },
  ],
  secondsLeft: null,
  refreshedAt: "2026-11-16T14:22:00Z",
  quota: { left: 431, quota: 450, windowSeconds: 30 },
  waiting: null,
  inLine: 0,
  trouble: null,
  token: "ready",
  awaitingFulfillment: 2,
  changesWaiting: 0,
  changesToLookAt: 0,
  pulledAgain: false,
  unreadable: [],
};

/** What a first frame needs. */
export const appState: AppState = {
  version: "0.1.0",
  stores: [store],
  current: store.key,
  environment: null,
  preferences: { theme: "light", density: "compact" },
  openSample: false,
};

/** An order in a list. */
export const orderRow = (place: number): OrderRow => ({
  id: String(48219 - place),
  placedAt: "2026-11-16T14:22:00Z",
  customer: `Customer ${place}`,
  company: "",
  email: `customer.${place}@example.com`,
  itemCount: 2,
  statusId: place % 2 === 0 ? 11 : 2,
  statusLabel: place % 2 === 0 ? "Awaiting Fulfillment" : "Shipped",
  total: usd("10.00"),
  paymentStatus: "captured",
  pending: [],
});

const statusChange: FieldChange = {
  field: "status",
  before: { kind: "status", statusId: 11, label: "Awaiting Fulfillment" },
  after: { kind: "status", statusId: 2, label: "Shipped" },
};

/** A change that was made. */
export const activityRow: ActivityRow = {
  entry: "e1",
  job: "j1",
  at: "2026-11-16T08:44:00Z",
  who: "you",
  subject: { kind: "order", order: "48219" },
  name: "",
  doing: "set",
  fields: [statusChange],
  state: "done",
  stateAt: "2026-11-16T08:44:01Z",
  undoes: null,
  said: { reason: null, words: "" },
  canUndo: true,
  canRetry: false,
  canLook: false,
  canDrop: false,
  canDecide: false,
  wasSent: true,
  isErased: false,
};

/** A job of one change that is over. */
export const job: Job = {
  job: "j1",
  at: "2026-11-16T08:44:00Z",
  size: 1,
  isPaused: false,
  pausedBecause: { reason: null, words: "" },
  isStopped: false,
  waiting: 0,
  underWay: 0,
  done: 1,
  canUndo: true,
  toLookAt: 0,
  dropped: 0,
  secondsLeft: null,
};

/** A change with its way. */
export const activityEntry: ActivityEntry = {
  row: activityRow,
  customer: "Customer 0",
  steps: [
    { at: "2026-11-16T08:44:00.100Z", kind: "written", said: { reason: null, words: "" }, found: [] },
    { at: "2026-11-16T08:44:00.700Z", kind: "storeDone", said: { reason: null, words: "" }, found: [] },
  ],
  found: [],
  job,
};

/** An order in full. */
export const orderDetail: OrderDetail = {
  id: "48219",
  statusId: 11,
  statusLabel: "Awaiting Fulfillment",
  placedAt: "2026-11-16T14:22:00Z",
  modifiedAt: "2026-11-16T14:22:00Z",
  shippedAt: null,
  customer: "Customer 0",
  isGuest: false,
  customerId: "17",
  customerOrders: 7,
  billing: {
    name: "Customer 0",
    company: "",
    street1: "1 Example Street",
    street2: "",
    city: "Bellingham",
    state: "Washington",
    postalCode: "98229",
    country: "United States",
    phone: "+1 360 555 0148",
    email: "customer.0@example.com",
  },
  itemCount: 2,
  subtotal: usd("9.00"),
  discount: usd("1.00"),
  shipping: usd("1.50"),
  tax: usd("0.50"),
  other: usd("0.00"),
  handling: usd("0.00"),
  wrapping: usd("0.00"),
  storeCredit: usd("0.00"),
  giftCertificates: usd("0.00"),
  total: usd("10.00"),
  paymentMethod: "Test payment",
  paymentStatus: "captured",
  staffNotes: "Call first",
  customerMessage: "By Friday.",
  source: "Storefront",
  isArchived: false,
  pending: [],
  draftStaffNotes: null,
  parts: null,
  history: [activityRow],
};

/** One order of a plan. */
export const planItem = (order: string): PlanItem => ({
  subject: { kind: "order", order },
  about: { kind: "order", customer: "Customer 0", total: usd("10.00") },
  doing: "set",
  fields: [statusChange],
  requests: ["read", "write"],
  effects: ["mayEmailShopper", "noMoneyMoves"],
  undoable: true,
  movesPriceFar: false,
});

/** How many of these are what. */
export function kindsOf(items: readonly PlanItem[]): PlanKinds {
  const many = (is: (item: PlanItem) => boolean) => items.filter(is).length;
  return {
    orders: many(({ about }) => about.kind === "order"),
    products: many(({ about, doing }) => about.kind === "product" && doing === "set"),
    made: many(({ doing }) => doing === "create"),
    deleted: many(({ doing }) => doing === "delete"),
  };
}

/** A plan that changes the status of one order. */
export const plan: Plan = {
  plan: "p1",
  digest: "d1",
  store: store.key,
  isUndo: false,
  count: 1,
  kinds: { orders: 1, products: 0, made: 0, deleted: 0 },
  items: [planItem("48219")],
  fields: ["status"],
  sameAfter: statusChange.after,
  leftOutCount: 0,
  leftOut: [],
  requests: 2,
  seconds: 1,
  effects: ["mayEmailShopper", "noMoneyMoves"],
  undoable: true,
  mustConfirm: true,
  askTwice: [],
  readOnly: false,
};

/** A product in a list: every second one hidden, every third one out of stock. */
export const productRow = (place: number): ProductRow => ({
  id: String(77 + place),
  name: `Product ${place}`,
  sku: `P-${place}`,
  brand: "Northfold",
  price: usd("20.00"),
  salePrice: place === 2 ? usd("15.00") : null,
  isVisible: place % 2 === 0,
  stock: place % 3 === 1 ? "out" : "enough",
  inventoryLevel: place % 3 === 1 ? 0 : 12,
  hasVariants: false,
  modifiedAt: "2026-11-12T10:00:00Z",
  picture: place === 0 ? { version: "v0", description: "" } : null,
  pending: [],
});

/** A change of a product that was made. */
export const productChange: ActivityRow = {
  ...activityRow,
  entry: "e7",
  job: "j7",
  subject: { kind: "product", product: "77" },
  name: "Product 0",
  fields: [
    {
      field: "price",
      before: { kind: "amount", amount: "19.00", currency: "USD" },
      after: { kind: "amount", amount: "20.00", currency: "USD" },
    },
  ],
};

/** A product in full. */
export const productDetail: ProductDetail = {
  id: "77",
  name: "Product 0",
  sku: "P-0",
  isDigital: false,
  price: usd("20.0000"),
  costPrice: usd("8.0000"),
  salePrice: null,
  retailPrice: null,
  calculatedPrice: usd("20.0000"),
  weight: "0.5200",
  isVisible: true,
  description: "<p>First</p>\r\n<p>Second</p>\r\n",
  inventoryTracking: "product",
  inventoryLevel: 12,
  inventoryWarningLevel: 3,
  stock: "enough",
  upc: "036000291452",
  mpn: "NF-77",
  brand: "Northfold",
  categories: [{ names: ["Outdoor", "Jackets"] }],
  hasVariants: false,
  url: "/product-0/",
  picture: null,
  createdAt: "2026-01-05T10:00:00Z",
  modifiedAt: "2026-11-12T10:00:00Z",
  pending: [],
  draft: null,
  history: [productChange],
};

/** A plan that changes the price of one product. */
export const productPlan: Plan = {
  ...plan,
  plan: "p7",
  kinds: { orders: 0, products: 1, made: 0, deleted: 0 },
  items: [
    {
      subject: { kind: "product", product: "77" },
      about: { kind: "product", name: "Product 0", sku: "P-0" },
      doing: "set",
      fields: productChange.fields,
      requests: ["read", "write"],
      effects: ["shoppersSeeIt"],
      undoable: true,
      movesPriceFar: false,
    },
  ],
  fields: ["price"],
  sameAfter: productChange.fields[0]?.after ?? null,
  effects: ["shoppersSeeIt"],
};

/** What was ordered on some days. */
export const sales = (from: string, to: string, orders: number, ...amounts: MoneyDto[]): SalesDto => ({
  from,
  to,
  orders,
  amounts,
});

/** Numbers of the shop. */
export const homeNumbers: HomeNumbers = {
  timeZone: "UTC",
  now: "2026-11-16T14:30:00Z",
  today: sales("2026-11-16", "2026-11-16", 1, usd("10.00")),
  yesterday: sales("2026-11-15", "2026-11-15", 1, usd("8.00")),
  month: sales("2026-11-01", "2026-11-16", 3, usd("30.00")),
  monthBefore: sales("2026-10-01", "2026-10-16", 2, usd("24.00")),
  sinceYesterday: {
    sales: sales("2026-11-15", "2026-11-16", 2, usd("18.00")),
    awaitingFulfillment: 1,
    customers: 1,
    products: 3,
  },
  statuses: [
    { statusId: 11, label: "Awaiting Fulfillment", systemLabel: "Awaiting Fulfillment", count: 2 },
    { statusId: 2, label: "Shipped", systemLabel: "Shipped", count: 1 },
    { statusId: 0, label: "Incomplete", systemLabel: "Incomplete", count: 0 },
  ],
  oldestAwaiting: { order: "48217", placedAt: "2026-11-11T09:00:00Z" },
  products: 4,
  lowStock: 1,
  outOfStock: 1,
  hidden: 2,
  hiddenInStock: 1,
  someByVariant: false,
  lowStockRows: [{ ...productRow(0), stock: "low", inventoryLevel: 2 }],
  outOfStockRows: [productRow(1)],
  hiddenRows: [productRow(3), productRow(1)],
  customers: 2,
};

const dayBefore = (day: string, days: number) =>
  new Date(new Date(`${day}T00:00:00Z`).getTime() - days * 86_400_000).toISOString().slice(0, 10);

/** Sales of the last days, each of them a dollar more than the one before, and a year ago half as much. */
export function salesOverTime(days: number): SalesOverTime {
  const bars = Array.from({ length: days }, (_, place) => {
    const day = dayBefore("2026-11-16", days - 1 - place);
    const before = dayBefore(day, 364);
    return {
      now: sales(day, day, place + 1, usd(`${place + 1}.00`)),
      before: sales(before, before, 1, usd(`${(place + 1) / 2}`)),
    };
  });
  const all = (days * (days + 1)) / 2;
  const first = bars[0]?.now.from ?? "";
  return {
    timeZone: "UTC",
    bars,
    whole: sales(first, "2026-11-16", all, usd(`${all}.00`)),
    before: sales(dayBefore(first, 364), "2025-11-17", days, usd(`${all / 2}`)),
    figures: [{ currency: "USD", average: usd("1.0167"), refunded: usd("12.30"), refundedUnknown: 0, refundedThousandths: 26 }],
  };
}

/** An address. */
export const address: AddressDto = {
  name: "Maren Example",
  company: "",
  street1: "2 Sample Road",
  street2: "",
  city: "Bellingham",
  state: "Washington",
  postalCode: "98229",
  country: "United States",
  phone: "",
  email: "",
};

/** A customer in a list. */
export const customerRow = (place: number): CustomerRow => ({
  id: String(17 + place),
  name: `Customer ${place}`,
  company: place === 1 ? "Example Guides" : "",
  email: `customer.${place}@example.com`,
  phone: "+1 360 555 0148",
  orders: 2,
  spent: usd("20.00"),
  spentOtherwise: [],
  registeredAt: "2026-01-05T10:00:00Z",
});

/** A customer in full. */
export const customerDetail: CustomerDetail = {
  row: customerRow(0),
  notes: "Pays by invoice.",
  storeCredit: usd("5.00"),
  acceptsMarketing: false,
  addresses: [address],
  modifiedAt: null,
  newest: [orderRow(0), orderRow(1)],
};

/** What belongs to an order. */
export const orderParts: OrderPartsDto = {
  readAt: "2026-11-16T14:30:00Z",
  lines: [
    {
      id: "1",
      product: "77",
      name: "Product 0",
      sku: "P-0-M",
      options: [{ name: "Size", value: "M" }],
      quantity: "3",
      shipped: "1",
      refunded: "0",
      unitPrice: usd("3.00"),
      total: usd("9.00"),
      discount: usd("0.00"),
      address: "5",
      picture: null,
    },
  ],
  shippingAddresses: [{ id: "5", address, method: "Ground", cost: usd("1.50") }],
  shipments: [
    {
      id: "9",
      createdAt: "2026-11-17T09:05:00Z",
      trackingNumber: "1Z84R",
      canFollow: true,
      carrier: "UPS",
      method: "Ground",
      comments: "",
      items: [{ line: "1", quantity: "1" }],
    },
  ],
  coupons: [{ code: "TRAIL10", discount: usd("1.00") }],
  taxes: [{ name: "WA", rate: "8.8", amount: usd("0.50") }],
  refunds: [],
  unreadable: [],
  unreadableDetails: "",
};

const stretch = <R>(rows: readonly R[]) => ({ from, to }: { from: number; to: number }) => ({
  from,
  rows: rows.slice(from, to),
});

const placeOf = (rows: readonly { id: string }[]) => ({ id }: { id: string }) => {
  const index = rows.findIndex((row) => row.id === id);
  return { index: index < 0 ? null : index };
};

/** What it takes besides a preset to make tokens for the storefront. */
export const { storefront } = scopeTable;

/** Answers of a small, healthy shop with `count` orders. */
export function shop(count = 3): Answers {
  const rows = Array.from({ length: count }, (_, place) => orderRow(place));
  const products = Array.from({ length: 4 }, (_, place) => productRow(place));
  const customers = Array.from({ length: 2 }, (_, place) => customerRow(place));
  const drafts = new Map<string | null, string | null>();
  return {
    app_state: () => appState,
    layout: (input: { store: string | null; name: string }) => ({ ...input, value: null }),
    set_layout: () => null,
    select_store: () => storeState,
    store_state: () => storeState,
    refresh: () => null,
    storefront_access: () => ({ current: null, spare: null, lost: [] }),
    presets: () => ({ presets: [], storefront, offered: [] }),
    storefront_channels: () => ({ channels: [{ id: "1", name: "Northfold" }] }),
    storefront_schema: () => ({ schema: "schema { query: Query }\ntype Query { site: String }" }),
    stop_asking: () => null,
    keychain: () => ({ available: true, locked: false, isNew: false, name: "GNOME Keyring" }),
    keychain_collection: () => ({ name: "Login" }),
    statuses: () => ({
      total: count,
      statuses: [
        { statusId: 11, label: "Awaiting Fulfillment", systemLabel: "Awaiting Fulfillment", count: 2 },
        { statusId: 2, label: "Shipped", systemLabel: "Shipped", count: 1 },
        { statusId: 0, label: "Incomplete", systemLabel: "Incomplete", count: 0 },
      ],
    }),
    open_orders: () => ({ view: "v1", count, totals: [usd("30.00")], countWithoutSearch: count }),
    order_rows: ({ from, to }: { from: number; to: number }) => ({ from, rows: rows.slice(from, to) }),
    order_place: ({ id }: { id: string }) => {
      const index = rows.findIndex((row) => row.id === id);
      return { index: index < 0 ? null : index };
    },
    open_products: () => ({ view: "pv1", count: products.length, countWithoutSearch: products.length }),
    product_rows: stretch(products),
    product_place: placeOf(products),
    product: ({ product }: { product: string }) => ({ ...productDetail, id: product }),
    refresh_product: () => null,
    product_draft: ({ store, product }: { store: string; product: string | null }) => ({
      store,
      product,
      text: drafts.get(product) ?? null,
    }),
    draft_product: ({ product, text }: { product: string | null; text: string | null }) => {
      drafts.set(product, text);
      return null;
    },
    open_customers: () => ({ view: "cv1", count: customers.length, countWithoutSearch: customers.length }),
    customer_rows: stretch(customers),
    customer_place: placeOf(customers),
    customer: ({ customer }: { customer: string }) => ({
      ...customerDetail,
      row: { ...customerDetail.row, id: customer },
    }),
    refresh_customer: () => null,
    find: findAmong(rows, products, customers),
    home: () => homeNumbers,
    sales: ({ period }: { period: SalesPeriod }) => salesOverTime(period === "days7" ? 7 : 30),
    refresh_order: () => null,
    open_page: () => null,
    order: ({ order }: { order: string }) => ({ ...orderDetail, id: order }),
    draft_notes: () => null,
    plan_change: () => plan,
    plan_undo: () => ({ ...plan, plan: "p2", isUndo: true }),
    apply: () => ({ job: "j1", entries: ["e1"] }),
    discard_plan: () => null,
    open_activity: () => ({ view: "a1", count: 1, all: 1, toLookAt: 0, onTheWay: 0, undone: 0 }),
    activity_rows: ({ from }: { from: number }) => ({ from, rows: [activityRow] }),
    activity_entry: () => activityEntry,
    jobs: () => ({ jobs: [] }),
    makings: () => ({ waiting: 0, underWay: 0, entry: null, name: "" }),
    job: () => job,
    activity_keeping: ({ store: key }: { store: string }) => ({ store: key, eraseAfterDays: null }),
  };
}
