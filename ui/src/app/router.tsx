import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import type { ReactNode } from "react";
import { OrdersScreen } from "../features/orders/OrdersScreen";
import { NotFound } from "./NotFound";
import { Outside } from "./Outside";
import { Start } from "./Start";
import { StoreFrame } from "./StoreFrame";
import { Root } from "./Root";
import { ReturnToStore } from "./ReturnToStore";

// Orders are what most starts show. The code of every other screen is fetched when it is gone to.
const ActivityScreen = lazyRouteComponent(() => import("../features/activity/ActivityScreen"), "ActivityScreen");
const ConnectScreen = lazyRouteComponent(() => import("../features/connect/ConnectScreen"), "ConnectScreen");
const CustomersScreen = lazyRouteComponent(() => import("../features/customers/CustomersScreen"), "CustomersScreen");
const HomeScreen = lazyRouteComponent(() => import("../features/home/HomeScreen"), "HomeScreen");
const ProductFormScreen = lazyRouteComponent(
  () => import("../features/products/ProductFormScreen"),
  "ProductFormScreen",
);
const ProductsScreen = lazyRouteComponent(() => import("../features/products/ProductsScreen"), "ProductsScreen");
const SettingsScreen = lazyRouteComponent(() => import("../features/settings/SettingsScreen"), "SettingsScreen");
const StorefrontScreen = lazyRouteComponent(
  () => import("../features/storefront/StorefrontScreen"),
  "StorefrontScreen",
);
const WelcomeScreen = lazyRouteComponent(() => import("../features/connect/WelcomeScreen"), "WelcomeScreen");

/** A place around a screen, which is shown once the screen's code is there. */
function around(screen: { preload?: () => Promise<void> | undefined }, place: () => ReactNode) {
  return screen.preload ? Object.assign(place, { preload: screen.preload }) : place;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

const start = createRoute({ getParentRoute: () => root, path: "/", component: Start });

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: around(WelcomeScreen, function Welcome() {
    return (
      <Outside>
        <WelcomeScreen />
      </Outside>
    );
  }),
});

const connect = createRoute({
  getParentRoute: () => root,
  path: "/connect",
  validateSearch: (search) => ({ store: text(search["store"]) }),
  component: around(ConnectScreen, function Connect() {
    return (
      <Outside>
        <ConnectScreen store={connect.useSearch().store ?? null} />
      </Outside>
    );
  }),
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

const home = createRoute({
  getParentRoute: () => store,
  path: "/home",
  component: around(HomeScreen, function Home() {
    return <HomeScreen store={store.useParams().store} />;
  }),
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
  component: around(ProductsScreen, function Products() {
    return <ProductsScreen store={store.useParams().store} />;
  }),
});

const newProduct = createRoute({
  getParentRoute: () => store,
  path: "/products/new",
  component: around(ProductFormScreen, function NewProduct() {
    return <ProductFormScreen store={store.useParams().store} product={null} />;
  }),
});

const productForm = createRoute({
  getParentRoute: () => store,
  path: "/products/$product",
  component: around(ProductFormScreen, function ProductForm() {
    const { store: key, product } = productForm.useParams();
    return <ProductFormScreen key={product} store={key} product={product} />;
  }),
});

const customers = createRoute({
  getParentRoute: () => store,
  path: "/customers",
  component: around(CustomersScreen, function Customers() {
    return <CustomersScreen store={store.useParams().store} />;
  }),
});

const activity = createRoute({
  getParentRoute: () => store,
  path: "/activity",
  component: around(ActivityScreen, function Activity() {
    return <ActivityScreen store={store.useParams().store} />;
  }),
});

const settings = createRoute({
  getParentRoute: () => store,
  path: "/settings",
  component: around(SettingsScreen, function Settings() {
    return <SettingsScreen store={store.useParams().store} />;
  }),
});

const storefront = createRoute({
  getParentRoute: () => store,
  path: "/storefront",
  component: around(StorefrontScreen, function Storefront() {
    const key = storefront.useParams().store;
    return <StorefrontScreen key={key} store={key} />;
  }),
});

const tree = root.addChildren([
  start,
  welcome,
  connect,
  store.addChildren([storeStart, home, orders, products, newProduct, productForm, customers, activity, settings, storefront]),
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
