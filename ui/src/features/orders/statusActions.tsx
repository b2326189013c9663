import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import type { StatusTab } from "../../ipc";
import type { Action } from "../../lib/actions";
import { byWork, incomplete, statusMark } from "../../lib/statuses";
import { statusName } from "../../lib/statusName";

/** One action for each status that orders can be given. */
export function statusActions(
  statuses: readonly StatusTab[],
  how: { id: string; group: string; current: number | null; offBecause: string | null; onChoose: (statusId: number) => void },
): Action[] {
  return byWork(statuses)
    .filter(({ statusId }) => statusId !== incomplete)
    .map((status) => ({
      id: `${how.id}-${status.statusId}`,
      group: how.group,
      label: t("palette.changeStatus", { label: statusName(status, statuses) }),
      icon: <Mark {...statusMark(status.statusId)} />,
      offBecause: how.offBecause ?? (status.statusId === how.current ? t("palette.isSo") : null),
      run: () => how.onChoose(status.statusId),
    }));
}
