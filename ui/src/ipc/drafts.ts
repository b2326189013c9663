import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { onLastMoment } from "./lastMoment";
import type { OrderDetail } from "./bindings";
import { api } from "./call";
import { readKey } from "./tags";

const settleMs = 500;

/**
 * Keeps a staff note as it is being typed: a moment after the last key, and at once when `flush` is called or
 * the order is left. `null` throws the draft away.
 */
export function useNotesDraft(store: string, order: string): { keep: (text: string | null) => void; flush: () => void } {
  const client = useQueryClient();
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; send: () => void } | null>(null);

  const flush = useCallback(() => {
    const { current } = waiting;
    if (!current) return;
    clearTimeout(current.timer);
    current.send();
  }, []);

  const keep = useCallback(
    (text: string | null) => {
      if (waiting.current) clearTimeout(waiting.current.timer);
      const send = () => {
        waiting.current = null;
        // Kept in the desk; if that fails, the text is still on screen and the next key tries again.
        void api.draftNotes({ store, order, text }).catch(() => undefined);
      };
      client.setQueryData<OrderDetail>(readKey("order", { store, order }), (detail) =>
        detail ? { ...detail, draftStaffNotes: text } : detail,
      );
      waiting.current = { timer: setTimeout(send, settleMs), send };
    },
    [client, store, order],
  );

  useEffect(() => flush, [flush, store, order]);
  useEffect(() => onLastMoment(flush), [flush]);
  return { keep, flush };
}
