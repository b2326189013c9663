import { useState } from "react";
import { Button } from "../../components/Button";
import { Section } from "../../components/Section";
import { TextArea } from "../../components/TextArea";
import { t } from "../../i18n";
import { type OrderDetail, type Store, useNotesDraft } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { valueText } from "../../lib/values";
import { ordersOffBecause } from "./offBecause";
import css from "./OrderNotes.module.css";

/** Props of {@link OrderNotes}. */
export type OrderNotesProps = {
  /** The store. */
  store: Store;
  /** The order. */
  detail: OrderDetail;
};

/** The staff's own notes: typed here, kept as a draft, saved like every other change. */
export function OrderNotes({ store, detail }: OrderNotesProps) {
  const changing = useChanging();
  const draft = useNotesDraft(store.key, detail.id);
  const [typed, setTyped] = useState<string | null>(null);
  const pending = detail.pending.find(
    ({ field, state }) => field === "staffNotes" && (state === "waiting" || state === "sending" || state === "unknown"),
  );
  const off = ordersOffBecause(store) ?? (pending ? t("order.off.pendingNotes") : null);

  const text = pending ? valueText("staffNotes", pending.wanted) : (typed ?? detail.draftStaffNotes ?? detail.staffNotes);
  const changed = !pending && text !== detail.staffNotes;

  const type = (next: string) => {
    setTyped(next);
    draft.keep(next === detail.staffNotes ? null : next);
  };
  const save = () => {
    draft.flush();
    changing.propose({
      store: store.key,
      wanted: { kind: "orders", changes: [{ order: detail.id, statusId: null, staffNotes: text }] },
    });
  };

  return (
    <Section>
      <TextArea
        label={t("order.notes")}
        strongLabel
        rows={2}
        grows={8}
        value={text}
        onChange={type}
        onBlur={draft.flush}
        isDisabled={Boolean(off)}
        hint={off ?? t("order.notes.hint")}
        changed={
          changed
            ? {
                was: detail.staffNotes,
                onUndo: () => {
                  type(detail.staffNotes);
                  draft.flush();
                },
              }
            : null
        }
      />
      {changed ? (
        <div className={css["save"]}>
          <Button onPress={save} isDisabled={changing.busy} offBecause={off}>
            {t(store.safety === "askAlways" ? "order.notes.saveAsking" : "order.notes.save")}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
