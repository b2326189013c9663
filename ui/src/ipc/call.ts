import type { Backend } from "./backend";
import { type AppError, type Event, commands } from "./bindings";
import { bridgeBackend } from "./bridge";
import { asAppError } from "./errors";
import { tauriBackend } from "./tauri";

let chosen: Backend | null = null;

function backend(): Backend {
  chosen ??= "__TAURI_INTERNALS__" in window ? tauriBackend() : bridgeBackend();
  return chosen;
}

/** Puts another backend in place, for tests. */
export function answerFrom(other: Backend): void {
  chosen = other;
}

async function send(command: string, input: unknown): Promise<unknown> {
  try {
    return await backend().send(command, input);
  } catch (thrown) {
    throw asAppError(thrown) satisfies AppError;
  }
}

/** Every command, one function each. Each rejects with an {@link AppError} and with nothing else. */
export const api = commands(send);

/** Listens to the backend's events. */
export function listen(onEvent: (event: Event) => void, onGap: () => void): () => void {
  return backend().listen(onEvent, onGap);
}
