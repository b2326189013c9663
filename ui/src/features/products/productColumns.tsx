import { Badge } from "../../components/Badge";
import type { Column } from "../../components/grid/types";
import { Picture } from "../../components/Picture";
import { t } from "../../i18n";
import { type ProductRow, pictureFor } from "../../ipc";
import { shortDate } from "../../lib/dates";
import { productName } from "../../lib/productName";
import { Price } from "./Price";
import css from "./productColumns.module.css";
import { PendingWord } from "./PendingWord";
import { StockWord } from "./StockWord";

/** Columns of the products' list. SKUs and figures are never cut; names may be. */
export function productColumns(store: string, picture: number): readonly Column<ProductRow>[] {
  return [
    {
      id: "name",
      label: t("products.column.name"),
      width: 224,
      grows: true,
      sortable: true,
      cell: (row) => (
        <span className={css["product"]}>
          <Picture address={pictureFor(store, row.id, row.picture, picture)} name={productName(row)} size={picture} />
          <span className={css["name"]}>{productName(row)}</span>
          {row.isVisible ? null : <Badge label={t("products.hidden.said")}>{t("products.hidden")}</Badge>}
          <PendingWord pending={row.pending} />
        </span>
      ),
    },
    {
      id: "sku",
      label: t("products.column.sku"),
      width: 144,
      sortable: true,
      drop: 3,
      cell: (row) => <span className={css["quiet"]}>{row.sku}</span>,
    },
    {
      id: "brand",
      label: t("products.column.brand"),
      width: 120,
      drop: 0,
      cell: (row) => <span className={css["quiet"]}>{row.brand}</span>,
    },
    {
      id: "stock",
      label: t("products.column.stock"),
      width: 140,
      sortable: true,
      drop: 4,
      cell: (row) => <StockWord stock={row.stock} level={row.inventoryLevel} />,
    },
    {
      id: "modified",
      label: t("products.column.modified"),
      width: 132,
      sortable: true,
      drop: 1,
      cell: (row) => <span className={css["quiet"]}>{row.modifiedAt ? shortDate(row.modifiedAt) : t("common.none")}</span>,
    },
    {
      id: "price",
      label: t("products.column.price"),
      width: 140,
      align: "end",
      sortable: true,
      cell: (row) => <Price price={row.price} sale={row.salePrice} />,
    },
  ];
}
