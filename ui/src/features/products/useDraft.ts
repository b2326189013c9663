import { useCallback, useEffect, useMemo, useState } from "react";
import { type ActivityRow, type AppError, type EntryState, useProductKeeping, useRead } from "../../ipc";
import { type Draft, noDraft, readDraft, writeDraft } from "./form/draft";
import type { Values } from "./form/values";

/** How it stands with a draft that was sent off. */
export type SentState =
  /** It was not sent. */
  | "not"
  /** Not known yet. */
  | "asking"
  /** On its way. */
  | "onItsWay"
  /** The store did not take it. */
  | "failed";

/** What was typed in a product's form and is not in the store yet. */
export type KeptDraft = {
  /** What was typed. */
  draft: Draft;
  /** It was read from this computer. */
  known: boolean;
  /** Why it is not on this computer's disk yet; it is tried again. */
  notKept: AppError | null;
  /** How it stands with it, if it was sent off. */
  sent: SentState;
  /** The journal's row about it, if it was sent off. */
  row: ActivityRow | null;
  /** Puts another in its place, and keeps it. */
  set: (draft: Draft) => void;
  /** Keeps it now, not in a moment. */
  flush: () => void;
};

const done: ReadonlySet<EntryState> = new Set(["done", "doneFound", "undone", "alreadySo"]);
const moving: ReadonlySet<EntryState> = new Set(["waiting", "sending", "unknown"]);

/**
 * The draft of a product's form (`null`: of a new product). One that was sent off stays until the store has it, so
 * that nothing that was typed is lost to a refusal.
 */
export function useDraft(store: string, product: string | null, values: Values | null, currency: string): KeptDraft {
  const kept = useRead("productDraft", { store, product });
  const { keep, flush, unkept, failed } = useProductKeeping(store, product);
  const [typed, setTyped] = useState<{ product: string | null; draft: Draft } | null>(null);
  const text = unkept === undefined ? (kept.data?.text ?? null) : unkept;
  const onDisk = useMemo(() => readDraft(text), [text]);
  const draft = typed?.product === product ? typed.draft : onDisk;

  const entry = useRead("activityEntry", { store, entry: draft.sent ?? "" }, { enabled: draft.sent !== null });
  const row = draft.sent === null ? null : (entry.data?.row ?? null);
  const isOver = row !== null && done.has(row.state);

  const set = useCallback(
    (next: Draft) => {
      setTyped({ product, draft: next });
      if (values) keep(writeDraft(next, values, currency));
    },
    [product, values, currency, keep],
  );

  useEffect(() => {
    if (!isOver) return;
    setTyped({ product, draft: noDraft });
    keep(null);
    flush();
  }, [isOver, product, keep, flush]);

  const sent = (): SentState => {
    if (draft.sent === null || isOver || entry.isError) return "not";
    if (row === null) return "asking";
    return moving.has(row.state) ? "onItsWay" : "failed";
  };
  return {
    draft: isOver ? noDraft : draft,
    known: kept.data !== undefined || kept.isError || unkept !== undefined,
    notKept: failed,
    sent: sent(),
    row,
    set,
    flush,
  };
}
