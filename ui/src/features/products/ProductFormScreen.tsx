import { useMemo } from "react";
import { Notice } from "../../components/Notice";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { useRead, useStore } from "../../ipc";
import { ProductFormView } from "./form/ProductFormView";
import { newProduct } from "./form/values";
import css from "./ProductsScreen.module.css";
import { useDraft } from "./useDraft";
import { valuesOf } from "./values";

/** Props of {@link ProductFormScreen}. */
export type ProductFormScreenProps = {
  /** The store's key. */
  store: string;
  /** The product's number; `null` for a new one. */
  product: string | null;
};

/** The form of a product, or of a new one. */
export function ProductFormScreen({ store: key, product }: ProductFormScreenProps) {
  const store = useStore(key);
  const read = useRead("product", { store: key, product: product ?? "" }, { enabled: product !== null });
  const detail = product === null ? null : (read.data ?? null);
  const values = useMemo(() => (product === null ? newProduct : detail ? valuesOf(detail) : null), [product, detail]);
  const currency = detail?.price.currency ?? store?.currency ?? "";
  const kept = useDraft(key, product, values, currency);

  if (!store) return null;
  if (read.error && !detail) {
    return (
      <main className={css["failed"]} aria-label={t("form.label")}>
        {read.error.code === "notFound" ? (
          <Notice title={t("product.gone")}>{t("product.gone.more")}</Notice>
        ) : (
          <Trouble error={read.error} steps={["tryAgain"]} onStep={() => void read.refetch()} />
        )}
      </main>
    );
  }
  if (values === null || !kept.known || kept.sent === "asking") return <main className={css["room"]} aria-label={t("form.label")} aria-busy />;
  return (
    <ProductFormView
      key={product ?? "new"}
      store={store}
      product={product}
      detail={detail}
      values={values}
      currency={currency}
      kept={kept}
    />
  );
}
