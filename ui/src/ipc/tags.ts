import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";
import { type Event, type Tag, provides, stales } from "./bindings";
import type { api } from "./call";

type Api = typeof api;

/** Commands that read. */
export type ReadName = keyof typeof provides;
/** Commands that write, or ask for something to be done. */
export type WriteName = keyof typeof stales;
/** What a command takes; `undefined` for one that takes nothing. */
export type Input<C extends keyof Api> = Parameters<Api[C]> extends [infer I] ? I : undefined;
/** What a command answers. */
export type Answer<C extends keyof Api> = Awaited<ReturnType<Api[C]>>;

/** The cache's key for an answer. */
export function readKey<C extends ReadName>(command: C, input: Input<C>): QueryKey {
  return [command, input ?? null];
}

/** The tags of an answer. */
export function tagsOf(command: ReadName): readonly Tag[] {
  return provides[command];
}

/** The store that an answer's input names; `null` if it names none. */
export function storeOf(input: unknown): string | null {
  return typeof input === "object" && input !== null && "store" in input && typeof input.store === "string"
    ? input.store
    : null;
}

/** Whether an answer is out of date once these tags are, for this store or (`null`) for all. */
export function isStale(key: QueryKey, tags: readonly Tag[], store: string | null): boolean {
  const [command, input] = key;
  if (typeof command !== "string" || !Object.hasOwn(provides, command)) return false;
  const carried: readonly Tag[] = provides[command as ReadName];
  if (!carried.some((tag) => tags.includes(tag))) return false;
  // An answer that names no store, such as rows of a view, may belong to any.
  const own = storeOf(input);
  return store === null || own === null || own === store;
}

/** Asks again for everything on screen that carries one of these tags; the rest is asked again when needed. */
export function makeStale(client: QueryClient, tags: readonly Tag[], store: string | null): Promise<void> {
  if (tags.length === 0) return Promise.resolve();
  const predicate = (query: Query) => isStale(query.queryKey, tags, store);
  // A first answer that is still on its way may be older than this. The cache would wait for it and call it
  // fresh; broken off, it is asked for again below.
  void client.cancelQueries({
    fetchStatus: "fetching",
    type: "active",
    predicate: (query) => query.state.data === undefined && predicate(query),
  });
  return client.invalidateQueries({ predicate });
}

/** After a write: what it made stale, in the store it went to. */
export function afterWrite(client: QueryClient, command: WriteName, input: unknown): Promise<void> {
  return makeStale(client, stales[command], storeOf(input));
}

/** Brings the cache up to date with what the backend told. */
export function onEvent(client: QueryClient, event: Event): void {
  switch (event.kind) {
    case "stale":
      void makeStale(client, event.tags, event.store);
      return;
    case "state": {
      const key = readKey("storeState", { store: event.state.store });
      // A read that is still on its way was answered before this was told, and must not undo it.
      void client.cancelQueries({ queryKey: key, exact: true });
      client.setQueryData(key, event.state);
      return;
    }
    case "check":
      // Followed by the wizard itself.
      return;
    case "newOrders":
    case "showOrders":
    case "jobEnded":
      // Followed by whoever knows the way there.
      return;
    case "fileOver":
    case "fileDropped":
      // Followed by whoever takes files.
      return;
  }
  // One more kind of event is a type error here.
  event satisfies never;
}
