import { ChevronDown, ChevronUp, Copy, ExternalLink, Eye, EyeOff, Pencil, RefreshCw, RotateCcw } from "lucide-react";
import { t } from "../../i18n";
import { type ProductDetail, type Store, useWrite } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { copy } from "../../lib/copy";
import { productName } from "../../lib/productName";
import { useTell, useTellTrouble } from "../../lib/telling";

/** What a product's panel can do for its actions. */
export type ProductParts = {
  /** The store. */
  store: Store;
  /** The product's number. */
  product: string;
  /** The product, once it is read. */
  detail: ProductDetail | undefined;
  /** Why nothing can be changed. */
  offBecause: string | null;
  /** Why it can't be shown or hidden. */
  visibilityOff: string | null;
  /** Why nothing can be put back. */
  undoOff: string | null;
  /** Opens its form. */
  onEdit: () => void;
  /** Shows or hides it. */
  onVisibility: () => void;
  /** Puts its last change back. */
  onUndo: () => void;
  /** Opens the product above, if there is one. */
  onPrevious: (() => void) | null;
  /** Opens the product below, if there is one. */
  onNext: (() => void) | null;
};

/** Offers what can be done with the product that is open. */
export function useProductActions(parts: ProductParts): void {
  const { store, product, detail, offBecause, visibilityOff, undoOff, onEdit, onVisibility, onUndo, onPrevious, onNext } =
    parts;
  const tell = useTell();
  const onError = useTellTrouble();
  const { mutate: openPage } = useWrite("openPage", { onError });
  const { mutate: refreshProduct } = useWrite("refreshProduct", { onError });

  useOffer("open", () => {
    if (!detail) return [];
    const group = t("palette.thisProduct");
    const copying = (id: string, what: string, text: string, keys?: "copyNumber") =>
      text === ""
        ? []
        : [
            {
              id: `copy-${id}`,
              group,
              label: t("common.copyNamed", { what }),
              more: text,
              icon: <Copy aria-hidden />,
              keys,
              run: () => void copy(text).then((done) => tell(done ? t("common.copiedNamed", { what }) : t("copy.failed"))),
            },
          ];
    return [
      {
        id: "edit",
        group,
        label: t("product.edit"),
        more: productName(detail),
        icon: <Pencil aria-hidden />,
        keys: "edit",
        run: onEdit,
      },
      {
        id: "visibility",
        group,
        label: t(detail.isVisible ? "product.hide" : "product.show"),
        icon: detail.isVisible ? <EyeOff aria-hidden /> : <Eye aria-hidden />,
        keys: "status",
        offBecause: offBecause ?? visibilityOff,
        run: onVisibility,
      },
      {
        id: "undo-product",
        group,
        label: t("product.undo"),
        icon: <RotateCcw aria-hidden />,
        keys: "undo",
        offBecause: offBecause ?? undoOff,
        run: onUndo,
      },
      // The sample store has no control panel.
      ...(store.isSample
        ? []
        : [
            {
              id: "open-page",
              group,
              label: t("product.open"),
              icon: <ExternalLink aria-hidden />,
              keys: "openPage" as const,
              run: () => openPage({ store: store.key, page: "product", id: product }),
            },
          ]),
      ...copying("number", t("product.copy.number"), product, "copyNumber"),
      ...copying("sku", t("product.copy.sku"), detail.sku),
      ...copying("name", t("product.copy.name"), detail.name),
      ...copying("upc", t("product.copy.upc"), detail.upc),
      ...copying("mpn", t("product.copy.mpn"), detail.mpn),
      {
        id: "refresh-product",
        group,
        label: t("product.refresh"),
        icon: <RefreshCw aria-hidden />,
        keys: "refreshOne",
        run: () => refreshProduct({ store: store.key, product }),
      },
      {
        id: "previous",
        group,
        label: t("product.previous"),
        icon: <ChevronUp aria-hidden />,
        keys: "previous",
        offBecause: onPrevious ? null : t("product.noneAbove"),
        run: () => onPrevious?.(),
      },
      {
        id: "next",
        group,
        label: t("product.next"),
        icon: <ChevronDown aria-hidden />,
        keys: "next",
        offBecause: onNext ? null : t("product.noneBelow"),
        run: () => onNext?.(),
      },
    ];
  });
}
