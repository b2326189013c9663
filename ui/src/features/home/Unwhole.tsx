import { Notice } from "../../components/Notice";
import { t } from "../../i18n";
import type { StoreState } from "../../ipc";
import { count } from "../../lib/counts";
import { span } from "../../lib/dates";
import { areaIn } from "./areas";
import css from "./HomeScreen.module.css";

/** Props of {@link Unwhole}. */
export type UnwholeProps = {
  /** How the store is doing. */
  state: StoreState;
};

/** Says, as long as it is so, that the numbers are not those of the whole store yet. */
export function Unwhole({ state }: UnwholeProps) {
  const orders = areaIn(state, "orders");
  const products = areaIn(state, "products");
  const few = { orders: orders.is === "here" && !orders.isWhole, products: products.is === "here" && !products.isWhole };
  if (!few.orders && !few.products) return null;
  const said = [
    few.orders
      ? orders.inStore !== null && orders.inStore > orders.here
        ? t("home.pulling.of", { n: count(orders.here), all: count(orders.inStore) })
        : t("home.pulling.some", { n: orders.here })
      : t("home.pulling.products", { n: count(products.here) }),
    state.phase === "stopped"
      ? t("home.stopped")
      : state.secondsLeft !== null
        ? t("home.pulling.left", { span: span(state.secondsLeft) })
        : "",
  ];
  return (
    <div className={css["unwhole"]}>
      <Notice title={t("home.pulling")}>{said.filter(Boolean).join(" ")}</Notice>
    </div>
  );
}
