import { QueryObserver } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";
import { appState, store } from "../testing/shop";
import { makeClient } from "./client";
import { readKey } from "./tags";

const other = { ...store, key: "other" };
const app = readKey("appState", undefined);
const activityOf = (key: string) => readKey("openActivity", { store: key, filter: "all", search: null, job: null });
const draftOf = (key: string) => readKey("productDraft", { store: key, product: "77" });
const keys = [store.key, other.key].flatMap((key) => [activityOf(key), draftOf(key)]);

function client() {
  const made = makeClient();
  made.setQueryData(app, { ...appState, stores: [store, other] });
  for (const key of keys) made.setQueryData(key, { view: "before" });
  return made;
}

describe("what was answered about a store", () => {
  it("goes with the store, and nothing else does", () => {
    const made = client();
    const rows = readKey("orderRows", { view: "v", from: 0, to: 100 });
    made.setQueryData(rows, "of any store");
    made.setQueryData(app, { ...appState, stores: [other] });
    expect(keys.map((key) => made.getQueryData(key) !== undefined)).toEqual([false, false, true, true]);
    expect(made.getQueryData(rows)).toBe("of any store");
    // Connected again, it has its key back.
    made.setQueryData(app, { ...appState, stores: [other, store] });
    expect(made.getQueryData(activityOf(store.key))).toBeUndefined();
  });

  it("goes as soon as it is no longer on screen", async () => {
    const made = client();
    const onScreen = new QueryObserver(made, { queryKey: activityOf(store.key), enabled: false });
    const leave = onScreen.subscribe(() => undefined);
    made.setQueryData(app, { ...appState, stores: [other] });
    expect(made.getQueryData(activityOf(store.key))).toEqual({ view: "before" });
    leave();
    await vi.waitFor(() => expect(made.getQueryData(activityOf(store.key))).toBeUndefined());
  });

  it("stays while nobody knows which stores there are, and where it is looked at again at once", async () => {
    const made = makeClient();
    made.setQueryData(activityOf(store.key), { view: "first" });
    const onScreen = new QueryObserver(made, { queryKey: activityOf(store.key), enabled: false });
    onScreen.subscribe(() => undefined)();
    await Promise.resolve();
    expect(made.getQueryData(activityOf(store.key))).toEqual({ view: "first" });
    const leave = onScreen.subscribe(() => undefined);
    made.setQueryData(app, { ...appState, stores: [other] });
    leave();
    onScreen.subscribe(() => undefined);
    await Promise.resolve();
    expect(made.getQueryData(activityOf(store.key))).toEqual({ view: "first" });
  });
});

it("what was typed in the sample store's forms goes when it starts over, and nobody else's does", async () => {
  const made = client();
  const asked = { mutationKey: ["resetSample"], mutationFn: () => Promise.resolve({ ...store, isSample: true }) };
  const edited = { mutationKey: ["editStore"], mutationFn: () => Promise.resolve(store) };
  await made.getMutationCache().build(made, edited).execute(undefined);
  expect(made.getQueryData(draftOf(store.key))).toBeDefined();
  await made.getMutationCache().build(made, asked).execute(undefined);
  expect(keys.map((key) => made.getQueryData(key) !== undefined)).toEqual([true, false, true, true]);
});
