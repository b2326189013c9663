import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { onLastMoment } from "./lastMoment";
import type { OrderDetail, ProductDetail } from "./bindings";
import { api } from "./call";
import { readKey } from "./tags";

const settleMs = 500;

/** Keeps what is being typed; see {@link useKeeping}. */
export type Keeping = {
  /** Keeps this, a moment from now; `null` throws the draft away. */
  keep: (text: string | null) => void;
  /** At once, if something waits. */
  flush: () => void;
};

/**
 * Keeps a text as it is being typed: a moment after the last key, and at once when `flush` is called, when the
 * thing is left, or at the window's last moment.
 */
function useKeeping(send: (text: string | null) => Promise<unknown>, show: (text: string | null) => void): Keeping {
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
      const now = () => {
        waiting.current = null;
        // Kept in the desk; if that fails, the text is still on screen and the next key tries again.
        void send(text).catch(() => undefined);
      };
      show(text);
      waiting.current = { timer: setTimeout(now, settleMs), send: now };
    },
    [send, show],
  );

  useEffect(() => flush, [flush, send]);
  useEffect(() => onLastMoment(flush), [flush]);
  return { keep, flush };
}

/** Keeps a staff note as it is being typed. */
export function useNotesDraft(store: string, order: string): Keeping {
  const client = useQueryClient();
  const send = useCallback((text: string | null) => api.draftNotes({ store, order, text }), [store, order]);
  const show = useCallback(
    (text: string | null) =>
      client.setQueryData<OrderDetail>(readKey("order", { store, order }), (detail) =>
        detail ? { ...detail, draftStaffNotes: text } : detail,
      ),
    [client, store, order],
  );
  return useKeeping(send, show);
}

/** Keeps a product's form as it is being filled in; `null` stands for a new product. */
export function useProductKeeping(store: string, product: string | null): Keeping {
  const client = useQueryClient();
  const send = useCallback((text: string | null) => api.draftProduct({ store, product, text }), [store, product]);
  const show = useCallback(
    (text: string | null) => {
      client.setQueryData(readKey("productDraft", { store, product }), { store, product, text });
      if (product === null) return;
      client.setQueryData<ProductDetail>(readKey("product", { store, product }), (detail) =>
        detail ? { ...detail, draft: text } : detail,
      );
    },
    [client, store, product],
  );
  return useKeeping(send, show);
}
