import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { onLastMoment } from "./lastMoment";
import type { Layout } from "./bindings";
import { api } from "./call";
import { useRead } from "./hooks";
import { readKey } from "./tags";

const settleMs = 400;

/**
 * A small thing the window remembers across restarts: per store, or (`null`) for the whole app.
 *
 * Until it is known, and where `read` does not accept what was kept, the value is `otherwise`. Writing shows
 * at once and reaches the disk a moment later.
 */
export function useRemembered<T>(
  store: string | null,
  name: string,
  read: (value: unknown) => T | null,
  otherwise: T,
): [T, (value: T) => void, { known: boolean }] {
  const client = useQueryClient();
  const kept = useRead("layout", { store, name });
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; flush: () => void } | null>(null);

  const text = kept.data?.value ?? null;
  const value = useMemo(() => parse(text, read), [text, read]) ?? otherwise;

  const remember = useCallback(
    (next: T) => {
      const key = readKey("layout", { store, name });
      const layout: Layout = { store, name, value: JSON.stringify(next) };
      // An answer still on its way would put the old value back.
      void client.cancelQueries({ queryKey: key });
      client.setQueryData(key, layout);
      if (waiting.current) clearTimeout(waiting.current.timer);
      const flush = () => {
        waiting.current = null;
        // Forgetting a column's width is no reason to disturb anybody.
        void api.setLayout(layout).catch(() => undefined);
      };
      waiting.current = { timer: setTimeout(flush, settleMs), flush };
    },
    [client, store, name],
  );

  const flush = useCallback(() => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    waiting.current.flush();
  }, []);
  useEffect(() => flush, [flush, store, name]);
  useEffect(() => onLastMoment(flush), [flush]);

  return [value, remember, { known: kept.data !== undefined || kept.isError }];
}

function parse<T>(text: string | null, read: (value: unknown) => T | null): T | null {
  if (!text) return null;
  try {
    return read(JSON.parse(text));
  } catch {
    return null;
  }
}
