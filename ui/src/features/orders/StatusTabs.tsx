import { OverflowTabs, type Tab } from "../../components/OverflowTabs";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { byWork, incomplete } from "../../lib/statuses";
import { statusName } from "../../lib/statusName";

/** Props of {@link StatusTabs}. */
export type StatusTabsProps = {
  /** The store's key. */
  store: string;
  /** The chosen status; `null` for all. */
  statusId: number | null;
  /** Told when another is chosen. */
  onChange: (statusId: number | null) => void;
};

/** The store's own statuses with their counts. */
export function StatusTabs({ store, statusId, onChange }: StatusTabsProps) {
  const data = useRead("statuses", { store }).data;
  const statuses = data?.statuses ?? [];
  const tabs: Tab[] = [
    { id: "all", label: t("orders.tab.all"), count: data?.total ?? null },
    ...byWork(statuses).map((status) => ({
      id: String(status.statusId),
      label: statusName(status, statuses),
      count: status.count,
      behind: status.count === 0 || status.statusId === incomplete,
    })),
  ];
  return (
    <OverflowTabs
      label={t("orders.tabs")}
      tabs={tabs}
      value={statusId === null ? "all" : String(statusId)}
      onChange={(id) => onChange(id === "all" ? null : Number(id))}
    />
  );
}
