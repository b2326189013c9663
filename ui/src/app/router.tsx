import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type RouterHistory,
} from "@tanstack/react-router";
import { ActivityScreen } from "../features/activity/ActivityScreen";
import { ConnectScreen } from "../features/connect/ConnectScreen";
import { WelcomeScreen } from "../features/connect/WelcomeScreen";
import { CustomersScreen } from "../features/customers/CustomersScreen";
import { OrdersScreen } from "../features/orders/OrdersScreen";
import { ProductFormScreen } from "../features/products/ProductFormScreen";
import { ProductsScreen } from "../features/products/ProductsScreen";
import { SettingsScreen } from "../features/settings/SettingsScreen";
import { NotFound } from "./NotFound";
import { Start } from "./Start";
import { StoreFrame } from "./StoreFrame";
import { Root } from "./Root";
import { ReturnToStore } from "./ReturnToStore";

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

const start = createRoute({ getParentRoute: () => root, path: "/", component: Start });

const welcome = createRoute({ getParentRoute: () => root, path: "/welcome", component: WelcomeScreen });

const connect = createRoute({
  getParentRoute: () => root,
  path: "/connect",
  validateSearch: (search) => ({ store: text(search["store"]) }),
  component: function Connect() {
    return <ConnectScreen store={connect.useSearch().store ?? null} />;
  },
});

const store = createRoute({
  getParentRoute: () => root,
  path: "/store/$store",
  component: function Frame() {
    const { store: key } = store.useParams();
    // Another store is another frame: nothing of one is carried into the other.
    return <StoreFrame key={key} store={key} />;
  },
});

const storeStart = createRoute({
  getParentRoute: () => store,
  path: "/",
  component: function Return() {
    return <ReturnToStore store={store.useParams().store} />;
  },
});

const orders = createRoute({
  getParentRoute: () => store,
  path: "/orders",
  component: function Orders() {
    return <OrdersScreen store={store.useParams().store} />;
  },
});

const products = createRoute({
  getParentRoute: () => store,
  path: "/products",
  component: function Products() {
    return <ProductsScreen store={store.useParams().store} />;
  },
});

const newProduct = createRoute({
  getParentRoute: () => store,
  path: "/products/new",
  component: function NewProduct() {
    return <ProductFormScreen store={store.useParams().store} product={null} />;
  },
});

const productForm = createRoute({
  getParentRoute: () => store,
  path: "/products/$product",
  component: function ProductForm() {
    const { store: key, product } = productForm.useParams();
    return <ProductFormScreen key={product} store={key} product={product} />;
  },
});

const customers = createRoute({
  getParentRoute: () => store,
  path: "/customers",
  component: function Customers() {
    return <CustomersScreen store={store.useParams().store} />;
  },
});

const activity = createRoute({
  getParentRoute: () => store,
  path: "/activity",
  component: function Activity() {
    return <ActivityScreen store={store.useParams().store} />;
  },
});

const settings = createRoute({
  getParentRoute: () => store,
  path: "/settings",
  component: function Settings() {
    return <SettingsScreen store={store.useParams().store} />;
  },
});

const tree = root.addChildren([
  start,
  welcome,
  connect,
  store.addChildren([storeStart, orders, products, newProduct, productForm, customers, activity, settings]),
]);

/** The window's places. Search parameters are plain text, so that an order's number stays one. */
export function makeRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree: tree,
    history,
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const said = Object.entries(search as Record<string, unknown>).flatMap(([name, value]) =>
        typeof value === "string" && value !== "" ? [[name, value] as [string, string]] : [],
      );
      return said.length > 0 ? `?${new URLSearchParams(said).toString()}` : "";
    },
    defaultPendingMinMs: 0,
    scrollRestoration: false,
  });
}

/** The router's type. */
export type AppRouter = ReturnType<typeof makeRouter>;
