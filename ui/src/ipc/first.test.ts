import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerFrom } from "./call";
import { makeClient } from "./client";
import { type FirstAnswer, keepFirst, readsOf, takeFirst } from "./first";
import { readKey } from "./tags";

const store = "acme";
const list = { store, filter: "all", search: "" };
const send = vi.fn<(command: string, input: unknown) => Promise<unknown>>();

/** A cache that shows these answers, as a window does. */
function showing(answers: [key: unknown[], data: unknown][]) {
  const client = makeClient();
  for (const [queryKey, data] of answers) {
    client.setQueryData(queryKey, data);
    new QueryObserver(client, { queryKey, queryFn: () => data }).subscribe(() => {});
  }
  return client;
}

const orders = (view: string): [unknown[], unknown][] => [
  [["orderRows", { view, from: 200, to: 300 }], { from: 200, rows: [] }],
  [["openOrders", list], { view, count: 500 }],
];

beforeEach(() => {
  send.mockReset().mockResolvedValue(null);
  answerFrom({ send: send as never, listen: () => () => {} });
});

afterEach(() => {
  delete window.stockroomFirst;
});

describe("what is kept for the next start", () => {
  it("names the list before its rows, and its rows from the top", () => {
    expect(readsOf(showing(orders("7")))).toEqual([
      { command: "open_orders", input: list, of: null },
      { command: "order_rows", input: { from: 0, to: 100 }, of: 0 },
    ]);
  });

  it("holds questions and no answer", () => {
    const client = showing([
      ...orders("7"),
      [["order", { store, order: "100" }], { customer: "Ines Moreno", email: "ines@example.com" }],
    ]);
    expect(JSON.stringify(readsOf(client))).not.toMatch(/Ines|example\.com/);
  });

  it("leaves out what was typed before there was a store", () => {
    const client = showing([
      [["appState", null], { stores: [] }],
      [["readAddress", { text: "pasted-by-mistake" }], { kind: "secret" }],
    ]);
    expect(readsOf(client)).toEqual([{ command: "app_state", input: {}, of: null }]);
  });

  it("leaves out rows of a list that is no longer shown", () => {
    const client = showing([...orders("7"), [["orderRows", { view: "6", from: 0, to: 100 }], { from: 0, rows: [] }]]);
    expect(readsOf(client).map((read) => read.command)).toEqual(["open_orders", "order_rows"]);
  });

  it("is written when the window is put away, and not again while nothing has changed", () => {
    const stop = keepFirst(showing(orders("7")));
    window.dispatchEvent(new Event("blur"));
    window.dispatchEvent(new Event("blur"));
    stop();
    expect(send).toHaveBeenCalledExactlyOnceWith("set_layout", {
      store: null,
      name: "first.reads",
      value: expect.stringContaining("open_orders"),
    });
  });
});

async function taken(answers: Promise<FirstAnswer[]>) {
  window.stockroomFirst = answers;
  const client = makeClient();
  await takeFirst(client);
  return client;
}

describe("what was answered ahead", () => {
  it("is there for the very question that the window will ask", async () => {
    const client = await taken(
      Promise.resolve([
        { command: "app_state", input: {}, answer: { version: "1" } },
        { command: "order_rows", input: { view: "9", from: 0, to: 100 }, answer: { from: 0, rows: [] } },
      ]),
    );
    expect(client.getQueryData(readKey("appState", undefined))).toEqual({ version: "1" });
    expect(client.getQueryData(readKey("orderRows", { view: "9", from: 0, to: 100 }))).toEqual({ from: 0, rows: [] });
  });

  it("goes stale like any other answer", async () => {
    const client = await taken(Promise.resolve([{ command: "statuses", input: { store }, answer: { statuses: [] } }]));
    const asked = vi.fn<() => Promise<unknown>>().mockResolvedValue({ statuses: [] });
    new QueryObserver(client, { queryKey: ["statuses", { store }], queryFn: asked }).subscribe(() => {});
    expect(asked).not.toHaveBeenCalled();
    await client.invalidateQueries({ queryKey: ["statuses"] });
    expect(asked).toHaveBeenCalledOnce();
  });

  it.each([
    ["nothing", undefined],
    ["a refusal", () => Promise.reject(new Error("gone"))],
    ["gaps", () => Promise.resolve([null])],
    ["an unknown command", () => Promise.resolve([{ command: "constructor", input: {}, answer: 1 }])],
  ])("may be %s, and the window asks in the usual way", async (_, answers) => {
    if (answers) window.stockroomFirst = answers();
    const client = makeClient();
    await takeFirst(client);
    expect(client.getQueryCache().getAll()).toEqual([]);
  });
});
