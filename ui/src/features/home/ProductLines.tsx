import type { ComponentType } from "react";
import { Picture } from "../../components/Picture";
import { type ProductRow, pictureFor } from "../../ipc";
import { productName } from "../../lib/productName";
import css from "./Lines.module.css";
import { ToList } from "./ToList";

/** Props of {@link ProductLines}. */
export type ProductLinesProps = {
  /** The store's key. */
  store: string;
  /** Products. */
  rows: readonly ProductRow[];
  /** Stands at the end of a line. */
  end: ComponentType<{ row: ProductRow }>;
  /** Goes to one in its list. */
  onOpen: (row: ProductRow) => void;
};

const pixels = 24;

/** Products by picture and name, with what is said about each. */
export function ProductLines({ store, rows, end: End, onOpen }: ProductLinesProps) {
  return (
    <ul className={css["lines"]}>
      {rows.map((row) => (
        <li key={row.id}>
          <ToList look="row" onPress={() => onOpen(row)}>
            <Picture address={pictureFor(store, row.id, row.picture, pixels)} name={productName(row)} size={pixels} />
            <span className={css["name"]}>{productName(row)}</span>
            <End row={row} />
          </ToList>
        </li>
      ))}
    </ul>
  );
}
