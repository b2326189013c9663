import { HistoryLines, changeLine } from "../../components/HistoryLines";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import { type ActivityRow, type ProductDetail, type Store, useTogether } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { useGo } from "../../lib/go";
import { valueText } from "../../lib/values";
import { productsOffBecause } from "./offBecause";

/** Props of {@link ProductHistory}. */
export type ProductHistoryProps = {
  /** The store. */
  store: Store;
  /** The product. */
  detail: ProductDetail;
};

function words({ doing, fields }: ActivityRow): string {
  if (doing === "create") return t("product.history.made");
  if (doing === "delete") return t("product.history.deleted");
  const [only] = fields;
  if (!only || fields.length > 1) return fields.map(({ field }) => t(`preview.field.${field}`)).join(", ");
  const field = t(`preview.field.${only.field}`);
  if (only.field === "description") return t("product.history.rewritten", { field });
  const [before, after] = [valueText(only.field, only.before), valueText(only.field, only.after)];
  return t("product.history.set", { field, before: before || t("common.empty"), after: after || t("common.empty") });
}

/** What Stockroom has changed about a product, newest first, and when it was made. */
export function ProductHistory({ store, detail }: ProductHistoryProps) {
  const go = useGo();
  const changing = useChanging();
  const together = useTogether(store.key, detail.history);
  const mayUndo = productsOffBecause(store) === null && !changing.busy;
  const madeHere = detail.history.some(({ doing }) => doing === "create");
  const made = { id: "made", at: detail.createdAt, what: t("product.history.first"), by: t("history.store") };
  return (
    <Section title={t("product.history")}>
      <HistoryLines
        group={t("palette.thisProduct")}
        lines={[
          ...detail.history.map((row) => ({
            ...changeLine(row, together(row), {
              onOpen: () => go.activity(store.key, { open: row.entry }),
              onUndo: mayUndo ? () => changing.undo(store.key, [row.entry]) : null,
            }),
            what: words(row),
          })),
          ...(madeHere ? [] : [made]),
        ]}
      />
    </Section>
  );
}
