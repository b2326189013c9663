import { CircleSlash, Mail, Store, TriangleAlert } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { BeforeAfter } from "../components/BeforeAfter";
import { DataGrid } from "../components/grid/DataGrid";
import type { Column } from "../components/grid/types";
import { t } from "../i18n";
import { useRows } from "../ipc";
import type { Effect, Plan, PlanItem } from "../ipc/bindings";
import { classes } from "../lib/classes";
import { useRowHeight } from "../lib/density";
import { money } from "../lib/money";
import { itemAside, itemId, itemName, planAbout, planThings } from "../lib/plans";
import { valueText } from "../lib/values";
import css from "./PlanRows.module.css";

/** Props of {@link PlanRows}. */
export type PlanRowsProps = {
  /** What is about to happen. */
  plan: Plan;
};

/** A picture that stands for words. */
function Sign({ label, className, children }: { label: string; className?: string | undefined; children: ReactNode }) {
  return (
    <span role="img" aria-label={label} title={label} className={classes(css["sign"], className)}>
      {children}
    </span>
  );
}

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
  width: 92,
  grows: true,
  cell: ({ about }) => (about.kind === "order" ? about.customer : ""),
};

const product: Column<PlanItem> = {
  id: "product",
  get label() {
    return t("preview.column.product");
  },
  width: 140,
  grows: true,
  cell: (item) => <strong>{itemName(item)}</strong>,
};

const sku: Column<PlanItem> = {
  id: "sku",
  get label() {
    return t("preview.column.sku");
  },
  width: 100,
  cell: ({ about }) => (about.kind === "product" ? about.sku : ""),
};

/** What a row is about, where some are orders and some are products. */
const thing: Column<PlanItem> = {
  id: "thing",
  get label() {
    return t("preview.column.thing");
  },
  width: 140,
  grows: true,
  cell: (item) => (
    <strong>
      {item.subject.kind === "order" ? t("activity.what.both", { order: item.subject.order }) : itemName(item)}
    </strong>
  ),
};

const aside: Column<PlanItem> = {
  id: "aside",
  get label() {
    return t("preview.column.aside");
  },
  width: 100,
  cell: (item) => (item.about.kind === "order" ? item.about.customer : itemAside(item)),
};

const change: Column<PlanItem> = {
  id: "change",
  get label() {
    return t("preview.column.change");
  },
  width: 268,
  cell: (item) => (
    <span className={css["changes"]}>
      {item.movesPriceFar ? (
        <Sign label={t("preview.priceFar")} className={css["far"]}>
          <TriangleAlert aria-hidden />
        </Sign>
      ) : null}
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
  width: 92,
  align: "end",
  cell: ({ about }) => (about.kind === "order" ? <span className={css["figures"]}>{money(about.total)}</span> : null),
};

/** What a row sets off, as far as it sets rows apart from one another. */
const signs = {
  mayEmailShopper: { label: "preview.sign.mayEmailShopper", icon: <Mail aria-hidden /> },
  shoppersSeeIt: { label: "preview.sign.shoppersSeeIt", icon: <Store aria-hidden /> },
  cannotBePutBack: { label: "preview.sign.cannotBePutBack", icon: <CircleSlash aria-hidden /> },
} as const;

const isSign = (effect: Effect): effect is keyof typeof signs => effect in signs;

const setsOff: Column<PlanItem> = {
  id: "setsOff",
  get label() {
    return t("preview.column.setsOff");
  },
  width: 72,
  cell: (item) => (
    <span className={css["signs"]}>
      {item.effects.filter(isSign).map((effect) => (
        <Sign key={effect} label={t(signs[effect].label)}>
          {signs[effect].icon}
        </Sign>
      ))}
    </span>
  ),
};

const columnsOf = {
  order: [order, customer, change, setsOff, total],
  product: [product, sku, change, setsOff],
  both: [thing, aside, change, setsOff, total],
} as const satisfies Record<ReturnType<typeof planAbout>, readonly Column<PlanItem>[]>;

const mostRows = 12;
const ignore = () => undefined;

/** Every thing of a plan with its before and after: all of them, not a sample. */
export function PlanRows({ plan }: PlanRowsProps) {
  const { count, items } = plan;
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
        <span className={css["count"]}>{planThings(plan)}</span>
      </p>
      <div className={css["frame"]} style={{ height: Math.min(count, mostRows) * rowHeight + 33 }}>
        <DataGrid
          label={t("preview.what")}
          columns={columnsOf[planAbout(plan)]}
          count={count}
          rowAt={(index) => items[index] ?? rowAt(index)}
          idOf={itemId}
          nameOf={itemName}
          onRange={onRange}
          open={null}
          onOpen={ignore}
        />
      </div>
    </section>
  );
}
