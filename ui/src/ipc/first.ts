import type { Query, QueryClient } from "@tanstack/react-query";
import { invoke } from "@tauri-apps/api/core";
import { type Layout, provides } from "./bindings";
import { api } from "./call";
import { onLastMoment } from "./lastMoment";

/** A read as it is kept for the next start. `of` is the place of the read that opened the list it reads from. */
export type KeptRead = { command: string; input: Record<string, unknown>; of: number | null };

/** A read that the host has answered ahead; `null` where it could not. */
export type FirstAnswer = { command: string; input: Record<string, unknown>; answer: unknown } | null;

declare global {
  interface Window {
    /** Asked for by `first-frame.js`, where the host answers ahead. */
    stockroomFirst?: Promise<FirstAnswer[]>;
  }
}

const layout = { store: null, name: "first.reads" } as const;

const wireName = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const readName = (wire: string) => wire.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Puts the answers that the host has read ahead into the cache, before anything asks for them. */
export async function takeFirst(client: QueryClient): Promise<void> {
  // Without them everything is asked for as it is needed.
  const answers = (await window.stockroomFirst?.catch(() => null)) ?? [];
  for (const first of answers) {
    if (!first) continue;
    const command = readName(first.command);
    if (!Object.hasOwn(provides, command)) continue;
    const input = Object.keys(first.input).length > 0 ? first.input : null;
    client.setQueryData([command, input], first.answer);
  }
}

/** Keeps what the window is made of whenever it may be put away, for the next start. Gives back how to stop. */
export function keepFirst(client: QueryClient): () => void {
  let last = "";
  return onLastMoment(() => {
    const value = JSON.stringify(readsOf(client));
    if (value === last) return;
    last = value;
    // Without it the next start asks one thing after the other, and is a little slower.
    void api.setLayout({ ...layout, value } satisfies Layout).catch(() => undefined);
  });
}

/** Tells the host that the page has something to show: until then the window is hidden. */
export function tellDrawn(): void {
  // A host that does not listen shows the window in its own time.
  if ("__TAURI_INTERNALS__" in window) void invoke("drawn").catch(() => undefined);
}

/** What the window is made of now, lists before what is read from them and from their top. */
export function readsOf(client: QueryClient): KeptRead[] {
  const shown = client.getQueryCache().findAll({ type: "active" }).filter(isAboutAStore);
  const openings = shown.filter((query) => viewOf(query.state.data) !== null);
  const others = shown.filter((query) => viewOf(query.state.data) === null);
  const kept: KeptRead[] = [];
  for (const { queryKey } of [...openings, ...others]) {
    const [command, input] = queryKey as [string, Record<string, unknown> | null];
    const view = viewOf(input);
    const of = view === null ? null : openings.findIndex((query) => viewOf(query.state.data) === view);
    if (of === -1) continue;
    const read = { command: wireName(command), input: fromTop(input ?? {}), of };
    if (!kept.some((other) => JSON.stringify(other) === JSON.stringify(read))) kept.push(read);
  }
  return kept;
}

/** Not what was typed before there was a store: that may be anything. */
function isAboutAStore({ queryKey: [command, input], state }: Query): boolean {
  if (state.status !== "success") return false;
  return command === "appState" || (typeof input === "object" && input !== null && ("store" in input || "view" in input));
}

function viewOf(value: unknown): string | null {
  return typeof value === "object" && value !== null && "view" in value && typeof value.view === "string"
    ? value.view
    : null;
}

/** The same stretch of rows, but where a list begins: that is where it is opened. Its id will be another one. */
function fromTop(input: Record<string, unknown>): Record<string, unknown> {
  const { view: _, ...rest } = input;
  const { from, to } = rest;
  return typeof from === "number" && typeof to === "number" ? { ...rest, from: 0, to: to - from } : rest;
}
