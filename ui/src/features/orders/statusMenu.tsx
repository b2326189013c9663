import type { MenuGroup } from "../../components/Menu";
import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import type { StatusTab } from "../../ipc";
import { incomplete, statusMark } from "../../lib/statuses";
import { statusName } from "../../lib/statusName";

/**
 * The statuses an order can be given, with the store's own labels. *Incomplete* is no choice: it is what an unfinished
 * checkout is. Undo may put an order back to it, which the API takes like any other status.
 */
export function statusMenu(
  statuses: readonly StatusTab[],
  current: number | null,
  onChoose: (statusId: number) => void,
): MenuGroup[] {
  return [
    {
      id: "statuses",
      title: t("order.changeTo"),
      choices: statuses
        .filter(({ statusId }) => statusId !== incomplete)
        .map((status) => ({
          id: String(status.statusId),
          label: statusName(status, statuses),
          icon: <Mark {...statusMark(status.statusId)} />,
          current: status.statusId === current,
          offBecause: status.statusId === current ? t("order.current") : null,
          onChoose: () => onChoose(status.statusId),
        })),
    },
  ];
}
