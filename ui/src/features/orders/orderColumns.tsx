import type { Column } from "../../components/grid/types";
import { t } from "../../i18n";
import type { OrderRow } from "../../ipc";
import { count } from "../../lib/counts";
import { shortDate } from "../../lib/dates";
import { money } from "../../lib/money";
import css from "./orderColumns.module.css";
import { OrderStatus } from "./OrderStatus";

/** Columns of the orders' list. Numbers are never cut; names may be. */
export const orderColumns: readonly Column<OrderRow>[] = [
  {
    id: "order",
    label: t("orders.column.order"),
    width: 68,
    sortable: true,
    cell: (row) => <strong className={css["number"]}>{row.id}</strong>,
  },
  {
    id: "placed",
    label: t("orders.column.placed"),
    width: 128,
    sortable: true,
    drop: 3,
    cell: (row) => <span className={css["quiet"]}>{shortDate(row.placedAt)}</span>,
  },
  {
    id: "customer",
    label: t("orders.column.customer"),
    width: 124,
    grows: true,
    sortable: true,
    cell: (row) =>
      row.customer || row.company || row.email || <span className={css["none"]}>{t("orders.noCustomer")}</span>,
  },
  {
    id: "email",
    label: t("orders.column.email"),
    width: 220,
    grows: true,
    drop: 0,
    cell: (row) => <span className={css["quiet"]}>{row.email}</span>,
  },
  {
    id: "items",
    label: t("orders.column.items"),
    width: 62,
    align: "end",
    sortable: true,
    drop: 2,
    cell: (row) => <span className={css["figures"]}>{count(row.itemCount)}</span>,
  },
  {
    id: "status",
    label: t("orders.column.status"),
    width: 212,
    sortable: true,
    cell: (row) => <OrderStatus statusId={row.statusId} label={row.statusLabel} pending={row.pending} />,
  },
  {
    id: "payment",
    label: t("orders.column.payment"),
    width: 128,
    drop: 1,
    cell: (row) => <span className={css["payment"]}>{row.paymentStatus}</span>,
  },
  {
    id: "total",
    label: t("orders.column.total"),
    width: 112,
    align: "end",
    sortable: true,
    cell: (row) => <span className={css["figures"]}>{money(row.total)}</span>,
  },
];
