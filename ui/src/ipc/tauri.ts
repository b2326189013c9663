import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Backend } from "./backend";
import type { Event } from "./bindings";

/** The desktop host: one command that takes all, one event that tells all. */
export function tauriBackend(): Backend {
  return {
    send: (command, input) => invoke("call", { command, input }),
    listen: (onEvent, onGap) => {
      let stopped = false;
      let stop: (() => void) | null = null;
      void listen<Event>("stockroom-event", (told) => onEvent(told.payload)).then((unlisten) => {
        if (stopped) {
          unlisten();
          return;
        }
        stop = unlisten;
        // Registering takes a moment, and what was told meanwhile went unheard.
        onGap();
      });
      return () => {
        stopped = true;
        stop?.();
      };
    },
  };
}
