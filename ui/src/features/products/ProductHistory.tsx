import { HistoryLines } from "../../components/HistoryLines";
import { Mark } from "../../components/Mark";
import { Section } from "../../components/Section";
import { t } from "../../i18n";
import type { ActivityRow, ProductDetail } from "../../ipc";
import { entryMarks, entryState } from "../../lib/entries";
import { useGo } from "../../lib/go";
import { valueText } from "../../lib/values";

/** Props of {@link ProductHistory}. */
export type ProductHistoryProps = {
  /** The store's key. */
  store: string;
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
  const madeHere = detail.history.some(({ doing }) => doing === "create");
  const made = { id: "made", at: detail.createdAt, what: t("product.history.first"), state: null };
  return (
    <Section title={t("product.history")}>
      <HistoryLines
        lines={[
          ...detail.history.map((row) => ({
            id: row.entry,
            at: row.at,
            what: words(row),
            onOpen: () => go.activity(store, { open: row.entry }),
            state: (
              <>
                <Mark {...entryMarks[row.state]} />
                {entryState(row)}
              </>
            ),
          })),
          ...(madeHere ? [] : [made]),
        ]}
      />
    </Section>
  );
}
