import { type HistoryLine, HistoryLines, changeLine } from "../../components/HistoryLines";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import { type ActivityRow, type OrderDetail, type Store, useTogether } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { shortened } from "../../lib/entries";
import { useGo } from "../../lib/go";
import { money } from "../../lib/money";
import { valueText } from "../../lib/values";
import { ordersOffBecause } from "./offBecause";
import { sourceName } from "./sourceName";

/** Props of {@link OrderHistory}. */
export type OrderHistoryProps = {
  /** The store. */
  store: Store;
  /** The order. */
  detail: OrderDetail;
};

const change = (row: ActivityRow) =>
  row.fields
    .map(({ field, before, after }) => {
      const [was, is] = [valueText(field, before), valueText(field, after)];
      if (field === "status") return t("order.history.status", { before: was, after: is });
      return is === "" ? t("order.history.notesEmpty") : t("order.history.notes", { text: shortened(is) });
    })
    .join(", ");

/** What stood in the notes before; what a status was stands beside what it became. */
const before = (row: ActivityRow) =>
  row.fields
    .filter(({ field }) => field !== "status")
    .map(({ field, before: was }) => {
      const text = valueText(field, was);
      return t("order.history.notesWere", { text: text === "" ? t("common.empty") : t("activity.quoted", { text: shortened(text) }) });
    })
    .join(", ");

/** Within this, what the store tells of is what was just done here: its clock and this computer's differ a little. */
const sameMs = 2 * 60_000;

/** In these BigCommerce has an order gone out: Shipped, Partially Shipped, Completed. */
const wentOut: ReadonlySet<number> = new Set([2, 3, 10]);

/** A change of the status from here made the store write down that it was shipped. */
const wasHere = ({ shippedAt, history }: OrderDetail) =>
  history.some(
    ({ state, stateAt, fields }) =>
      (state === "done" || state === "doneFound") &&
      fields.some(({ field, after }) => field === "status" && after?.kind === "status" && wentOut.has(after.statusId)) &&
      Math.abs(new Date(stateAt).getTime() - new Date(shippedAt ?? 0).getTime()) < sameMs,
  );

/** What the store tells of it, whoever did it. */
function told(detail: OrderDetail): HistoryLine[] {
  const { placedAt, shippedAt, source, parts } = detail;
  const by = t("history.store");
  const parcels = (parts?.shipments ?? []).flatMap(({ id, createdAt, items, method, carrier }) => {
    const n = items.reduce((sum, { quantity }) => sum + Number(quantity), 0);
    // Some things are sold by weight; of those, parts are no pieces.
    const pieces = n > 0 && Number.isInteger(n) ? t("order.history.pieces", { n }) : "";
    const what = [t("order.history.shipped"), pieces, method, carrier].filter(Boolean).join(", ");
    return createdAt === null ? [] : [{ id: `parcel ${id}`, at: createdAt, what, by }];
  });
  const refunds = (parts?.refunds ?? []).flatMap(({ createdAt, reason, amount }, at) => {
    const what = [t("order.history.refunded", { amount: money(amount) }), reason].filter(Boolean).join(", ");
    return createdAt === null ? [] : [{ id: `refund ${at}`, at: createdAt, what, by }];
  });
  // Without its parcels, the store still knows when it went out.
  const shipped =
    shippedAt !== null && parcels.length === 0 && !wasHere(detail)
      ? [{ id: "shipped", at: shippedAt, what: t("order.history.shipped"), by }]
      : [];
  return [
    ...parcels,
    ...refunds,
    ...shipped,
    { id: "placed", at: placedAt, what: t("order.history.placed"), by: sourceName(source) },
  ];
}

const moment = ({ at }: HistoryLine) => new Date(at ?? 0).getTime();

/** What happened to an order, newest first: what was changed here, and what the store tells. */
export function OrderHistory({ store, detail }: OrderHistoryProps) {
  const go = useGo();
  const changing = useChanging();
  const together = useTogether(store.key, detail.history);
  const mayUndo = ordersOffBecause(store) === null && !changing.busy;
  const changes = detail.history.map((row): HistoryLine => {
    const line = changeLine(row, together(row), {
      onOpen: () => go.activity(store.key, { open: row.entry }),
      onUndo: mayUndo ? () => changing.undo(store.key, [row.entry]) : null,
    });
    const was = before(row);
    const under = was === "" ? line.under : <><span>{was}</span>{line.under}</>;
    return { ...line, what: change(row), under };
  });
  return (
    <Section title={t("order.history")}>
      {/* Sorting keeps the order of equals: what was changed here is the newest first already. */}
      <HistoryLines
        group={t("palette.thisOrder", { id: detail.id })}
        lines={[...changes, ...told(detail)].toSorted((one, other) => moment(other) - moment(one))}
      />
    </Section>
  );
}
