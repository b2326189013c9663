import { Users } from "lucide-react";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { type Found, isSearchable, mostFound, nothingFound } from "../../lib/found";
import { useGo } from "../../lib/go";

/** Customers in whose name, company, e-mail address or phone number the text is found. */
export function useFoundCustomers(store: string, text: string): Found {
  const go = useGo();
  const search = text.trim();
  const enabled = isSearchable(search);
  const opened = useRead("openCustomers", { store, search, sort: "name", descending: false }, { enabled });
  const view = enabled ? (opened.data ?? null) : null;
  const read = useRead(
    "customerRows",
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
            id: `found-customer-${row.id}`,
            group,
            label: row.name || row.email,
            more: [row.company, row.email].filter((one) => one !== "" && one !== row.name).join(", "),
            icon: <Users aria-hidden />,
            run: () => go.customers(store, { q: search, open: row.id }),
          },
        ],
  );
  if (view && view.count > actions.length && actions.length > 0) {
    actions.push({
      id: "found-customers",
      group,
      label: t("palette.foundCustomers", { n: view.count, text: search }),
      more: "",
      icon: <Users aria-hidden />,
      run: () => go.customers(store, { q: search }),
    });
  }
  return { actions, reading: opened.isFetching || read.isFetching };
}
