import type { Area, Page } from "../ipc/bindings";

/** The control panel's page about one thing of an area; `null` where Stockroom knows none. */
export function pageOf(area: Area): Page | null {
  switch (area) {
    case "orders":
      return "order";
    case "products":
      return "product";
    case "customers":
      return "customer";
    case "brands":
    case "categories":
      return null;
  }
}
