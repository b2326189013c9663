import type { ProductDetail } from "../../ipc";
import type { Values } from "./form/values";

/** What the form edits of a product, as the store has it. */
export function valuesOf(detail: ProductDetail): Values {
  return {
    name: detail.name,
    sku: detail.sku,
    isDigital: detail.isDigital,
    price: detail.price.amount,
    salePrice: detail.salePrice?.amount ?? "0",
    costPrice: detail.costPrice?.amount ?? "0",
    weight: detail.weight,
    isVisible: detail.isVisible,
    description: detail.description,
    inventoryTracking: detail.inventoryTracking,
    inventoryLevel: String(detail.inventoryLevel),
  };
}
