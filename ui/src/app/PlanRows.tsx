import { useCallback, useState } from "react";
import { BeforeAfter } from "../components/BeforeAfter";
import { DataGrid } from "../components/grid/DataGrid";
import type { Column } from "../components/grid/types";
import { t } from "../i18n";
import { useRows } from "../ipc";
import type { Plan, PlanItem } from "../ipc/bindings";
import { useRowHeight } from "../lib/density";
import { money } from "../lib/money";
import { itemName, subjectId } from "../lib/plans";
import { valueText } from "../lib/values";
import css from "./PlanRows.module.css";

/** Props of {@link PlanRows}. */
export type PlanRowsProps = {
  /** What is about to happen. */
  plan: Plan;
};

const order: Column<PlanItem> = {
  id: "order",
  get label() {
    return t("preview.column.order");
  },
  width: 76,
  cell: (item) => <strong className={css["number"]}>{itemName(item)}</strong>,
};

const customer: Column<PlanItem> = {
  id: "customer",
  get label() {
    return t("preview.column.customer");
  },
  width: 110,
  grows: true,
  cell: ({ about }) => (about.kind === "order" ? about.customer : ""),
};

const product: Column<PlanItem> = {
  id: "product",
  get label() {
    return t("preview.column.product");
  },
  width: 160,
  grows: true,
  cell: (item) => <strong>{itemName(item)}</strong>,
};

const sku: Column<PlanItem> = {
  id: "sku",
  get label() {
    return t("preview.column.sku");
  },
  width: 108,
  cell: ({ about }) => (about.kind === "product" ? about.sku : ""),
};

const change: Column<PlanItem> = {
  id: "change",
  get label() {
    return t("preview.column.change");
  },
  width: 300,
  cell: (item) => (
    <span className={css["changes"]}>
      {item.fields.map(({ field, before, after }) => (
        <BeforeAfter key={field} oneLine before={valueText(field, before)} after={valueText(field, after)} />
      ))}
    </span>
  ),
};

const total: Column<PlanItem> = {
  id: "total",
  get label() {
    return t("preview.column.total");
  },
  width: 108,
  align: "end",
  cell: ({ about }) => (about.kind === "order" ? <span className={css["figures"]}>{money(about.total)}</span> : null),
};

const columnsOf = {
  order: [order, customer, change, total],
  product: [product, sku, change],
} as const satisfies Record<PlanItem["about"]["kind"], readonly Column<PlanItem>[]>;

const mostRows = 12;
const ignore = () => undefined;

/** Every thing of a plan with its before and after: all of them, not a sample. */
export function PlanRows({ plan }: PlanRowsProps) {
  const { count, items } = plan;
  const kind = items[0]?.about.kind ?? "order";
  const rowHeight = useRowHeight();
  const [range, setRange] = useState({ from: 0, to: mostRows });
  const onRange = useCallback(
    (from: number, to: number) => setRange((old) => (old.from === from && old.to === to ? old : { from, to })),
    [],
  );
  // The first of them came with the plan.
  const { rowAt } = useRows("planRows", count > items.length ? plan.plan : null, count, range);
  return (
    <section className={css["rows"]} aria-label={t("preview.what")}>
      <p className={css["head"]}>
        <span className={css["title"]}>{t("preview.what")}</span>
        <span className={css["count"]}>{t(kind === "order" ? "preview.rows" : "preview.rows.products", { n: count })}</span>
      </p>
      <div className={css["frame"]} style={{ height: Math.min(count, mostRows) * rowHeight + 33 }}>
        <DataGrid
          label={t("preview.what")}
          columns={columnsOf[kind]}
          count={count}
          rowAt={(index) => items[index] ?? rowAt(index)}
          idOf={(item) => subjectId(item.subject)}
          nameOf={itemName}
          onRange={onRange}
          open={null}
          onOpen={ignore}
        />
      </div>
    </section>
  );
}
