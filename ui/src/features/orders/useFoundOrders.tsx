import { Package } from "lucide-react";
import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { type Found, isSearchable, mostFound, nothingFound } from "../../lib/found";
import { useGo } from "../../lib/go";
import { money } from "../../lib/money";
import { statusMark } from "../../lib/statuses";

/** Orders in whose number, names or addresses the text is found, newest first. */
export function useFoundOrders(store: string, text: string): Found {
  const go = useGo();
  const search = text.trim();
  const enabled = isSearchable(search);
  const opened = useRead(
    "openOrders",
    { store, statusId: null, customer: null, search, showIncomplete: true, sort: "placed", descending: true },
    { enabled },
  );
  const view = enabled ? (opened.data ?? null) : null;
  const read = useRead(
    "orderRows",
    { view: view?.view ?? "", from: 0, to: mostFound },
    { enabled: view !== null && view.count > 0 },
  );
  if (!enabled) return nothingFound;
  const group = t("palette.found");
  const rows = view && view.count > 0 ? (read.data?.rows ?? []) : [];
  const actions = rows.flatMap((row) =>
    row === null
      ? []
      : [
          {
            id: `found-order-${row.id}`,
            group,
            label: [row.id, row.customer || row.company || row.email].filter(Boolean).join(" "),
            more: `${row.statusLabel}, ${money(row.total)}`,
            icon: <Mark {...statusMark(row.statusId)} />,
            run: () => go.orders(store, { status: "all", q: search, incomplete: "1", open: row.id }),
          },
        ],
  );
  if (view && view.count > actions.length && actions.length > 0) {
    actions.push({
      id: "found-orders",
      group,
      label: t("palette.foundOrders", { n: view.count, text: search }),
      more: "",
      icon: <Package aria-hidden />,
      run: () => go.orders(store, { status: "all", q: search, incomplete: "1" }),
    });
  }
  return { actions, reading: opened.isFetching || read.isFetching };
}
