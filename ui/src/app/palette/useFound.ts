import { useFoundCustomers } from "../../features/customers/useFoundCustomers";
import { useFoundOrders } from "../../features/orders/useFoundOrders";
import { useFoundProducts } from "../../features/products/useFoundProducts";
import type { Found } from "../../lib/found";

/** What is found on this computer besides actions, by kind. A feature with things to find adds itself here. */
export function useFound(store: string, text: string): Found[] {
  return [useFoundOrders(store, text), useFoundProducts(store, text), useFoundCustomers(store, text)];
}
