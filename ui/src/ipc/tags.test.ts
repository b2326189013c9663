import { QueryObserver } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";
import { errorCodes, type StoreState } from "../ipc";
import { asAppError } from "./errors";
import { eventTexts } from "./bridge";
import { makeClient } from "./client";
import { afterWrite, isStale, onEvent, readKey } from "./tags";
import { storeState } from "../testing/shop";

describe("tags", () => {
  it("make stale what carries them, in their store only", () => {
    const here = readKey("statuses", { store: "a" });
    expect(isStale(here, ["orders"], "a")).toBe(true);
    expect(isStale(here, ["orders"], "b")).toBe(false);
    expect(isStale(here, ["activity"], "a")).toBe(false);
    expect(isStale(here, ["orders"], null)).toBe(true);
  });

  it("make stale an answer that names no store, whichever store it is", () => {
    expect(isStale(readKey("orderRows", { view: "v", from: 0, to: 100 }), ["orders"], "a")).toBe(true);
    expect(isStale(readKey("appState", undefined), ["app"], "a")).toBe(true);
  });

  it("leave alone what is no answer of the backend", () => {
    expect(isStale(["somethingElse", null], ["orders"], null)).toBe(false);
    expect(isStale(["toString", null], ["orders"], null)).toBe(false);
  });

  it("are made stale by a write, only for the store it went to", async () => {
    const client = makeClient();
    client.setQueryData(readKey("statuses", { store: "a" }), { total: 1, statuses: [] });
    client.setQueryData(readKey("statuses", { store: "b" }), { total: 1, statuses: [] });
    await afterWrite(client, "refreshOrder", { store: "a", order: "1" });
    expect(client.getQueryState(readKey("statuses", { store: "a" }))?.isInvalidated).toBe(true);
    expect(client.getQueryState(readKey("statuses", { store: "b" }))?.isInvalidated).toBe(false);
  });

  it("told by an event do the same, and a told state is taken as it is", () => {
    const client = makeClient();
    const list = readKey("openActivity", { store: "a", filter: "all", search: null, job: null });
    client.setQueryData(list, { view: "v", count: 0 });
    onEvent(client, { kind: "stale", store: "a", tags: ["activity"] });
    expect(client.getQueryState(list)?.isInvalidated).toBe(true);
    onEvent(client, { kind: "state", state: storeState });
    expect(client.getQueryData(readKey("storeState", { store: storeState.store }))).toEqual(storeState);
  });

  it("made stale while they are read for the first time are read again", async () => {
    const client = makeClient();
    const queryKey = readKey("statuses", { store: "a" });
    const asked: ((total: number) => void)[] = [];
    const queryFn = () => new Promise<number>((answer) => asked.push(answer));
    const stop = new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined);
    onEvent(client, { kind: "stale", store: "a", tags: ["orders"] });
    asked[0]?.(0);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    asked[1]?.(57);
    await vi.waitFor(() => expect(client.getQueryData(queryKey)).toBe(57));
    stop();
  });

  it("told while a read is on its way are not undone by its older answer", async () => {
    const client = makeClient();
    const queryKey = readKey("storeState", { store: storeState.store });
    const asked: ((state: StoreState) => void)[] = [];
    const queryFn = () => new Promise<StoreState>((answer) => asked.push(answer));
    const read = client.fetchQuery({ queryKey, queryFn }).catch(() => undefined);
    onEvent(client, { kind: "state", state: storeState });
    asked[0]?.({ ...storeState, phase: "firstPull" });
    await read;
    expect(client.getQueryData(queryKey)).toEqual(storeState);
  });
});

describe("a rejection", () => {
  it("of the backend stays what it is", () => {
    const error = { code: "rateLimited", seconds: 12 };
    expect(asAppError(error)).toBe(error);
    expect(errorCodes).toContain("keychainLocked");
  });

  it("of anything else is a mistake of ours", () => {
    expect(asAppError(new TypeError("Failed to fetch"))).toEqual({ code: "internal", message: "Failed to fetch" });
    expect(asAppError({ code: "teapot" })).toEqual({ code: "internal", message: "" });
    expect(asAppError(null).code).toBe("internal");
    expect(asAppError({ code: "constructor" }).code).toBe("internal");
  });
});

describe("a stream of events", () => {
  it("is cut into texts wherever its pieces end", () => {
    const texts = eventTexts();
    expect(texts(":hello\n\nda")).toEqual([]);
    expect(texts('ta: {"a":1}\n')).toEqual([]);
    expect(texts('\ndata: {"b":2}\r\n\r\ndata: {')).toEqual(['{"a":1}', '{"b":2}']);
  });
});
