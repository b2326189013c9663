import { Save, Undo2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { Section } from "../../components/Section";
import { TextArea } from "../../components/TextArea";
import { t } from "../../i18n";
import { type OrderDetail, type Store, useNotesDraft } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { useChanging } from "../../lib/changing";
import { ariaKeys, shownKeys } from "../../lib/shortcuts";
import { troubleWords } from "../../lib/trouble";
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

/** The store ends its lines its own way, and drops blanks at the end. */
const sameText = (one: string, other: string) =>
  one.replaceAll("\r\n", "\n").trimEnd() === other.replaceAll("\r\n", "\n").trimEnd();

/** The staff's own notes: typed here, kept as a draft, saved like every other change. */
export function OrderNotes({ store, detail }: OrderNotesProps) {
  const changing = useChanging();
  const draft = useNotesDraft(store.key, detail.id);
  const [typed, setTyped] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const pending = detail.pending.find(
    ({ field, state }) => field === "staffNotes" && (state === "waiting" || state === "sending" || state === "unknown"),
  );
  // What was saved is the store's to say from then on: once it is undone, or edited elsewhere, it is nobody's
  // unsaved text. Until it is confirmed in the preview it is still only typed.
  const taken = pending ? valueText("staffNotes", pending.wanted) : detail.staffNotes;
  if (typed !== null && typed === saved && sameText(typed, taken)) {
    setTyped(null);
    setSaved(null);
  }
  const off = ordersOffBecause(store) ?? (pending ? t("order.off.pendingNotes") : null);

  const draftNow = draft.unkept === undefined ? detail.draftStaffNotes : draft.unkept;
  const text = pending ? taken : (typed ?? draftNow ?? detail.staffNotes);
  const changed = !pending && text !== detail.staffNotes;

  const saveWords = store.safety === "askAlways" ? "order.notes.saveAsking" : "order.notes.save";

  const type = (next: string) => {
    setTyped(next);
    draft.keep(next === detail.staffNotes ? null : next);
  };
  const save = () => {
    draft.flush();
    setTyped(text);
    setSaved(text);
    changing.propose({
      store: store.key,
      wanted: { kind: "orders", changes: [{ order: detail.id, statusId: null, staffNotes: text }] },
    });
  };

  const putBack = () => {
    type(detail.staffNotes);
    draft.flush();
  };

  useOffer("open", () =>
    changed
      ? [
          {
            id: "save-notes",
            group: t("palette.thisOrder", { id: detail.id }),
            label: t(saveWords),
            icon: <Save aria-hidden />,
            keys: "review",
            offBecause: off ?? (changing.busy ? t("palette.changeOnItsWay") : null),
            run: save,
          },
          {
            id: "notes-back",
            group: t("palette.thisOrder", { id: detail.id }),
            label: t("order.notes.putBack"),
            icon: <Undo2 aria-hidden />,
            offBecause: off,
            run: putBack,
          },
        ]
      : [],
  );

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
        error={draft.failed ? t("form.notKept", { cause: troubleWords(draft.failed).cause }) : null}
        changed={
          changed
            ? {
                was: detail.staffNotes,
                onUndo: putBack,
              }
            : null
        }
      />
      {changed ? (
        <div className={css["save"]}>
          <Button
            onPress={save}
            isDisabled={changing.busy}
            offBecause={off}
            aria-keyshortcuts={ariaKeys("review")}
            shortcut={<Keys keys={shownKeys("review")} />}
          >
            {t(saveWords)}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
