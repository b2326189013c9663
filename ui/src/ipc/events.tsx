import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, createContext, useContext, useEffect, useMemo, useRef } from "react";
import type { Event } from "./bindings";
import { listen } from "./call";
import { onEvent } from "./tags";

type Kind = Event["kind"];
type Told<K extends Kind> = Extract<Event, { kind: K }>;
type Listeners = Set<(event: Event) => void>;

const Listening = createContext<Listeners | null>(null);

/** Listens to the backend once for the whole window, and keeps the cache in step. */
export function EventsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const listeners = useMemo<Listeners>(() => new Set(), []);
  useEffect(
    () =>
      listen(
        (event) => {
          onEvent(client, event);
          for (const tell of listeners) tell(event);
        },
        () => void client.invalidateQueries(),
      ),
    [client, listeners],
  );
  return <Listening.Provider value={listeners}>{children}</Listening.Provider>;
}

/** Calls `tell` for each event of one kind while the component is shown. */
export function useBackendEvent<K extends Kind>(kind: K, tell: (event: Told<K>) => void): void {
  const listeners = useContext(Listening);
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (!listeners) return;
    const hear = (event: Event) => {
      if (event.kind === kind) latest.current(event as Told<K>);
    };
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, [listeners, kind]);
}
