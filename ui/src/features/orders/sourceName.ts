import { t, type WordKey } from "../../i18n";

/** Where orders come from, as the API calls it. Source: BigCommerce's reference of v2 orders, `order_source`. */
const known: Readonly<Record<string, WordKey>> = {
  www: "order.source.www",
  manual: "order.source.manual",
  external: "order.source.external",
  checkout_api: "order.source.checkoutApi",
  buybutton: "order.source.buyButton",
};

/** Where an order was placed, in a merchant's words; as the store says it where that is new to us. */
export function sourceName(source: string): string {
  const word = known[source.toLowerCase()];
  return word ? t(word) : source;
}
