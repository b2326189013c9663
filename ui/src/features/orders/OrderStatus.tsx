import { Mark } from "../../components/Mark";
import { StatusWord } from "../../components/StatusWord";
import { t } from "../../i18n";
import type { PendingField } from "../../ipc";
import { valueText } from "../../lib/values";
import css from "./OrderStatus.module.css";

/** Props of {@link OrderStatus}. */
export type OrderStatusProps = {
  /** What the status means. */
  statusId: number;
  /** The store's own label. */
  label: string;
  /** Changes on their way. */
  pending: readonly PendingField[];
};

/** An order's status, or what it is about to become. */
export function OrderStatus({ statusId, label, pending }: OrderStatusProps) {
  const change = pending.find(({ field }) => field === "status");
  if (!change) return <StatusWord statusId={statusId} label={label} />;
  const wanted = valueText("status", change.wanted);
  switch (change.state) {
    case "refused":
    case "conflict":
    case "notApplied":
      return (
        <span className={css["line"]}>
          <Mark shape="cross" kind="bad" />
          {t("order.notChanged")}
        </span>
      );
    case "unknown":
    case "unclear":
      return (
        <span className={css["line"]}>
          <Mark shape="ring" kind="warn" />
          {t("order.toUnknown", { label: wanted })}
        </span>
      );
    case "waiting":
    case "sending":
    case "done":
    case "doneFound":
    case "dropped":
    case "undone":
    case "alreadySo":
    case "leftAsItWas":
      return <StatusWord statusId={statusId} label={label} becoming={wanted} />;
  }
}
