import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Backend } from "./backend";
import type { Event } from "./bindings";

/** The desktop host: one command that takes all, one event that tells all. */
export function tauriBackend(): Backend {
  const hearers = new Set<(event: Event) => void>();
  // Told before anybody in the window listened.
  let early: Event[] = [];
  const hear = (event: Event) => {
    if (hearers.size === 0) early.push(event);
    else for (const tell of hearers) tell(event);
  };
  // Nothing is asked before events are heard, so no answer can go stale unnoticed.
  const hearing = listen<Event>("stockroom-event", (told) => hear(told.payload)).then(() => invoke("hear"));
  return {
    send: async (command, input) => {
      await hearing;
      return invoke("call", { command, input });
    },
    listen: (onEvent) => {
      hearers.add(onEvent);
      const waiting = early;
      early = [];
      for (const event of waiting) onEvent(event);
      return () => void hearers.delete(onEvent);
    },
  };
}
