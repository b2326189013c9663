import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

/** Which orders, as it stands in the address. Everything is text; what is missing is as usual. */
export type OrdersPlace = {
  /** Only this status. */
  status?: string;
  /** What is searched for. */
  q?: string;
  /** `1` shows checkouts that were never finished as well. */
  incomplete?: string;
  /** Sorted by this column. */
  sort?: string;
  /** `up` for smallest first. */
  way?: string;
  /** Only the orders of this customer. */
  customer?: string;
  /** Only those placed on this day of the store's calendar or later, such as `2026-11-16`. */
  from?: string;
  /** Only those placed on this day or earlier. */
  to?: string;
  /** The order in the panel. */
  open?: string;
};

/** Which products, as it stands in the address. */
export type ProductsPlace = {
  /** The tab. */
  show?: string;
  /** Only those that the store touched on this day of its calendar or later. */
  from?: string;
  /** What is searched for. */
  q?: string;
  /** Sorted by this column. */
  sort?: string;
  /** `up` for smallest first. */
  way?: string;
  /** The product in the panel. */
  open?: string;
  /** The change that makes a product: once it has, that opens. */
  made?: string;
};

/** Which customers, as it stands in the address. */
export type CustomersPlace = {
  /** Only those who registered on this day of the store's calendar or later. */
  from?: string;
  /** What is searched for. */
  q?: string;
  /** Sorted by this column. */
  sort?: string;
  /** `up` for smallest first. */
  way?: string;
  /** The customer in the panel. */
  open?: string;
};

/** Which changes, as it stands in the address. */
export type ActivityPlace = {
  /** The tab. */
  filter?: string;
  /** The change in the panel. */
  open?: string;
  /** Only what was changed together. */
  job?: string;
  /** The search. */
  q?: string;
};

/** What is asked in the settings, as it stands in the address. */
export type SettingsPlace = {
  /** The question that is opened. */
  ask?: "token" | "reset" | "remove" | "storefront" | "doctor";
  /** The part that is brought into view. */
  show?: "storefront" | "store" | "doctor";
};

/** Every place of the window. */
export type Go = {
  /** Welcome, with its doors. */
  welcome: () => void;
  /** The wizard; for a store that is connected already, to replace its token. */
  connect: (store?: string) => void;
  /** How a store is doing, at a glance. */
  home: (store: string) => void;
  /** The orders of a store. */
  orders: (store: string, place?: OrdersPlace, how?: { replace?: boolean }) => void;
  /** The products of a store. */
  products: (store: string, place?: ProductsPlace, how?: { replace?: boolean }) => void;
  /** A product's form, or that of a new one; behind it the list as it was. */
  productForm: (store: string, product: string | null, list?: ProductsPlace) => void;
  /** The customers of a store. */
  customers: (store: string, place?: CustomersPlace, how?: { replace?: boolean }) => void;
  /** The changes of a store. */
  activity: (store: string, place?: ActivityPlace, how?: { replace?: boolean }) => void;
  /** A store's settings. */
  settings: (store: string, place?: SettingsPlace, how?: { replace?: boolean }) => void;
  /** The screen that asks a store's storefront. */
  storefront: (store: string) => void;
  /** A store, as it was left. */
  store: (store: string) => void;
};

/** The ways from here to everywhere else. */
export function useGo(): Go {
  const navigate = useNavigate();
  return useMemo<Go>(
    () => ({
      welcome: () => void navigate({ to: "/welcome" }),
      connect: (store) => void navigate({ to: "/connect", search: store ? { store } : {} }),
      home: (store) => void navigate({ to: `/store/${store}/home` }),
      orders: (store, place = {}, how = {}) =>
        void navigate({ to: `/store/${store}/orders`, search: place, replace: how.replace ?? false }),
      products: (store, place = {}, how = {}) =>
        void navigate({ to: `/store/${store}/products`, search: place, replace: how.replace ?? false }),
      productForm: (store, product, list = {}) =>
        void navigate({ to: `/store/${store}/products/${product ?? "new"}`, search: list }),
      customers: (store, place = {}, how = {}) =>
        void navigate({ to: `/store/${store}/customers`, search: place, replace: how.replace ?? false }),
      activity: (store, place = {}, how = {}) =>
        void navigate({ to: `/store/${store}/activity`, search: place, replace: how.replace ?? false }),
      settings: (store, place = {}, how = {}) =>
        void navigate({ to: `/store/${store}/settings`, search: place, replace: how.replace ?? false }),
      storefront: (store) => void navigate({ to: `/store/${store}/storefront` }),
      store: (store) => void navigate({ to: `/store/${store}` }),
    }),
    [navigate],
  );
}
