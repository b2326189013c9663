import type { Column } from "../../components/grid/types";
import { t } from "../../i18n";
import type { CustomerRow } from "../../ipc";
import { count } from "../../lib/counts";
import { shortDate } from "../../lib/dates";
import { moneySum } from "../../lib/money";
import css from "./customerColumns.module.css";

/** What a customer has spent, in every currency they have spent in. */
export function spentOf({ spent, spentOtherwise }: CustomerRow): string {
  const isSome = /[1-9]/.test(spent.amount);
  return moneySum(isSome || spentOtherwise.length === 0 ? [spent, ...spentOtherwise] : spentOtherwise);
}

/** Columns of the customers' list. */
export const customerColumns: readonly Column<CustomerRow>[] = [
  {
    id: "name",
    label: t("customers.column.name"),
    width: 150,
    grows: true,
    sortable: true,
    cell: (row) => <strong className={css["name"]}>{row.name || t("customers.noName")}</strong>,
  },
  {
    id: "email",
    label: t("customers.column.email"),
    width: 250,
    grows: true,
    sortable: true,
    drop: 4,
    cell: (row) => <span className={css["quiet"]}>{row.email}</span>,
  },
  {
    id: "company",
    label: t("customers.column.company"),
    width: 150,
    drop: 2,
    cell: (row) => <span className={css["quiet"]}>{row.company}</span>,
  },
  {
    id: "phone",
    label: t("customers.column.phone"),
    width: 140,
    drop: 1,
    cell: (row) => <span className={css["quiet"]}>{row.phone}</span>,
  },
  {
    id: "registered",
    label: t("customers.column.registered"),
    width: 116,
    sortable: true,
    drop: 3,
    cell: (row) => (
      <span className={css["quiet"]}>{row.registeredAt ? shortDate(row.registeredAt) : t("common.none")}</span>
    ),
  },
  {
    id: "orders",
    label: t("customers.column.orders"),
    width: 76,
    align: "end",
    sortable: true,
    cell: (row) => <span className={css["figures"]}>{count(row.orders)}</span>,
  },
  {
    id: "spent",
    label: t("customers.column.spent"),
    width: 120,
    align: "end",
    sortable: true,
    cell: (row) => <span className={css["figures"]}>{spentOf(row)}</span>,
  },
];
