import { HistoryLines } from "../../components/HistoryLines";
import { Mark } from "../../components/Mark";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import type { ActivityRow, OrderDetail } from "../../ipc";
import { entryMarks, entryState } from "../../lib/entries";
import { useGo } from "../../lib/go";
import { valueText } from "../../lib/values";
import { sourceName } from "./sourceName";

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
      const [was, is] = [valueText(field, before), valueText(field, after)];
      if (field === "status") return t("order.history.status", { before: was, after: is });
      return is === "" ? t("order.history.notesEmpty") : t("order.history.notes", { text: is });
    })
    .join(", ");

/** What Stockroom has changed about an order, newest first, and when it was placed. */
export function OrderHistory({ store, detail }: OrderHistoryProps) {
  const go = useGo();
  return (
    <Section title={t("order.history")}>
      <HistoryLines
        lines={[
          ...detail.history.map((row) => ({
            id: row.entry,
            at: row.at,
            what: change(row),
            onOpen: () => go.activity(store, { open: row.entry }),
            state: (
              <>
                <Mark {...entryMarks[row.state]} />
                {entryState(row)}
              </>
            ),
          })),
          { id: "placed", at: detail.placedAt, what: t("order.history.placed"), state: sourceName(detail.source) },
        ]}
      />
    </Section>
  );
}
