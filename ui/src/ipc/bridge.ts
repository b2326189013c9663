import type { Backend } from "./backend";
import type { Event } from "./bindings";

const header = "x-stockroom-bridge";
const kept = "stockroom.bridge";
const longestPauseMs = 5_000;

/**
 * The bridge's secret, handed over once as `#key=…` in the address. It is taken out of the address at once
 * and kept for this tab, so that reloading works.
 */
export function takeKey(): string {
  const found = /^#key=([^&]+)/.exec(location.hash);
  if (found?.[1]) {
    const key = decodeURIComponent(found[1]);
    sessionStorage.setItem(kept, key);
    const rest = location.hash.slice(found[0].length).replace(/^&/, "");
    history.replaceState(null, "", `${location.pathname}${location.search}${rest ? `#${rest}` : ""}`);
    return key;
  }
  return sessionStorage.getItem(kept) ?? "";
}

/** Splits a stream of server-sent events into the JSON texts they carry. */
export function eventTexts(): (chunk: string) => string[] {
  let rest = "";
  return (chunk) => {
    const blocks = (rest + chunk).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop() ?? "";
    return blocks
      .map((block) =>
        block
          .split("\n")
          .filter((line) => line.startsWith("data:"))
          .map((line) => line.slice(5).replace(/^ /, ""))
          .join("\n"),
      )
      .filter((text) => text !== "");
  };
}

async function follow(key: string, signal: AbortSignal, onOpen: () => void, onEvent: (event: Event) => void) {
  const answer = await fetch("/events", { headers: { [header]: key }, signal });
  if (!answer.ok || !answer.body) throw new Error(`events: ${answer.status}`);
  onOpen();
  const texts = eventTexts();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const text of texts(value)) onEvent(JSON.parse(text) as Event);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The same commands over loopback HTTP, for development and for tests in a plain browser. */
export function bridgeBackend(): Backend {
  const key = takeKey();
  return {
    send: async (command, input) => {
      const answer = await fetch(`/call/${command}`, {
        method: "POST",
        headers: { "content-type": "application/json", [header]: key },
        body: JSON.stringify(input ?? {}),
      });
      const text = await answer.text();
      const told: unknown = text === "" ? null : JSON.parse(text);
      if (!answer.ok) throw told;
      return told;
    },
    listen: (onEvent, onGap) => {
      const stop = new AbortController();
      void (async () => {
        let waitMs = 250;
        while (!stop.signal.aborted) {
          try {
            await follow(
              key,
              stop.signal,
              () => {
                waitMs = 250;
                onGap();
              },
              onEvent,
            );
          } catch {
            // The bridge was stopped or is being restarted: go on trying, more and more slowly.
          }
          await pause(waitMs, stop.signal);
          waitMs = Math.min(waitMs * 2, longestPauseMs);
        }
      })();
      return () => stop.abort();
    },
  };
}
