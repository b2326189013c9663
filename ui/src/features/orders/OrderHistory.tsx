import { Mark } from "../../components/Mark";
import { Section } from "../../components/Section";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import type { ActivityRow, OrderDetail } from "../../ipc";
import { shortDate } from "../../lib/dates";
import { entryMarks, entryState } from "../../lib/entries";
import { useGo } from "../../lib/go";
import { valueText } from "../../lib/values";
import css from "./OrderHistory.module.css";

/** Props of {@link OrderHistory}. */
export type OrderHistoryProps = {
  /** The store's key. */
  store: string;
  /** The order. */
  detail: OrderDetail;
};

const change = (row: ActivityRow) =>
  row.fields
    .map(({ field, before, after }) => {
      const text = valueText(field, after);
      if (field === "status") return t("order.history.status", { before: valueText(field, before), after: text });
      return text === "" ? t("order.history.notesEmpty") : t("order.history.notes", { text });
    })
    .join(", ");

/** What Stockroom has changed about an order, newest first, and when it was placed. */
export function OrderHistory({ store, detail }: OrderHistoryProps) {
  const go = useGo();
  return (
    <Section title={t("order.history")}>
      <ul className={css["list"]}>
        {detail.history.map((row) => (
          <li key={row.entry} className={css["line"]}>
            <span className={css["when"]}>{shortDate(row.at)}</span>
            <span className={css["what"]}>
              <TextButton onPress={() => go.activity(store, { open: row.entry })}>{change(row)}</TextButton>
            </span>
            <span className={css["state"]}>
              <Mark {...entryMarks[row.state]} />
              {row.state === "done" ? t("activity.state.done") : entryState(row)}
            </span>
          </li>
        ))}
        <li className={css["line"]}>
          <span className={css["when"]}>{shortDate(detail.placedAt)}</span>
          <span className={css["what"]}>{t("order.history.placed")}</span>
          <span className={css["state"]}>{detail.source}</span>
        </li>
      </ul>
    </Section>
  );
}
