import { t } from "../i18n";
import type { PlanItem } from "../ipc/bindings";
import { money } from "../lib/money";
import { BeforeAfter } from "./BeforeAfter";
import { DataGrid } from "./grid/DataGrid";
import type { Column } from "./grid/types";
import css from "./PlanRows.module.css";

/** Props of {@link PlanRows}. */
export type PlanRowsProps = {
  /** Every order that changes. */
  items: readonly PlanItem[];
};

const columns: readonly Column<PlanItem>[] = [
  {
    id: "order",
    get label() {
      return t("preview.column.order");
    },
    width: 76,
    cell: (item) => <strong className={css["number"]}>{item.order}</strong>,
  },
  {
    id: "customer",
    get label() {
      return t("preview.column.customer");
    },
    width: 110,
    grows: true,
    cell: (item) => item.customer,
  },
  {
    id: "change",
    get label() {
      return t("preview.column.change");
    },
    width: 300,
    cell: (item) => (
      <span className={css["changes"]}>
        {item.fields.map((field) => (
          <BeforeAfter key={field.field} before={field.before} after={field.after} />
        ))}
      </span>
    ),
  },
  {
    id: "total",
    get label() {
      return t("preview.column.total");
    },
    width: 108,
    align: "end",
    cell: (item) => <span className={css["figures"]}>{money(item.total)}</span>,
  },
];

const rowHeight = 32;
const mostRows = 12;
const ignore = () => undefined;

/** Every order of a plan with its before and after: all of them, not a sample. */
export function PlanRows({ items }: PlanRowsProps) {
  return (
    <section className={css["rows"]} aria-label={t("preview.what")}>
      <p className={css["head"]}>
        <span className={css["title"]}>{t("preview.what")}</span>
        <span className={css["count"]}>{t("preview.rows", { n: items.length })}</span>
      </p>
      <div className={css["frame"]} style={{ height: Math.min(items.length, mostRows) * rowHeight + 33 }}>
        <DataGrid
          label={t("preview.what")}
          columns={columns}
          count={items.length}
          rowAt={(index) => items[index]}
          idOf={(item) => item.order}
          nameOf={(item) => item.order}
          onRange={ignore}
          open={null}
          onOpen={ignore}
          rowHeight={rowHeight}
        />
      </div>
    </section>
  );
}
