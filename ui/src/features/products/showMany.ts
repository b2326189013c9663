import type { PlanQuestion, ProductValues } from "../../ipc";

/** Nothing of a product is touched. */
export const noValues: ProductValues = {
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

/** Asks for the plan that shows or hides products. */
export function showMany(store: string, products: readonly string[], isVisible: boolean): PlanQuestion {
  return {
    store,
    wanted: {
      kind: "products",
      changes: products.map((product) => ({ product, values: { ...noValues, isVisible } })),
    },
  };
}
