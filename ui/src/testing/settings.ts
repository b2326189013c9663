import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { AppError, AppState, Store, StoreEdit, StoreState } from "../ipc";
import type { Answers } from "./fakeBackend";
import { shop, store, storeState } from "./shop";
import { openWindow } from "./window";

/** A second store beside the one that the settings are of. */
export const other: Store = { ...store, key: "west", name: "Northfold West", color: "fjord" };
/** The sample store in that one's place. */
export const sample: Store = { ...store, isSample: true, tokenHome: "sample", tokenEntry: "", tokenLast4: "" };

/** Opens the settings of a store. What is changed there is told from then on. */
export function openSettings(over: Answers = {}, one: Partial<Store> = {}, state: Partial<StoreState> = {}) {
  const app: AppState = {
    version: "0.1.0",
    stores: [{ ...store, ...one }, other],
    current: store.key,
    environment: null,
    preferences: { theme: "light", density: "compact" },
    openSample: false,
  };
  const user = userEvent.setup();
  const opened = openWindow(`/store/${store.key}/settings`, {
    ...shop(),
    app_state: () => structuredClone(app),
    store_state: ({ store: key }: { store: string }) => ({ ...storeState, ...state, store: key }),
    edit_store: (edit: StoreEdit) => {
      const edited = app.stores.find(({ key }) => key === edit.store)!;
      return Object.assign(edited, { name: edit.name, color: edit.color, safety: edit.safety });
    },
    set_preferences: (next: AppState["preferences"]) => {
      app.preferences = next;
      return null;
    },
    remove_store: ({ store: key }: { store: string }) => {
      app.stores = app.stores.filter((each) => each.key !== key);
      app.current = null;
      return null;
    },
    reset_sample: () => sample,
    give_token: () => storeState,
    take_older_token: () => storeState,
    holdings: () => ({
      copy: "0",
      journal: "0",
      changes: 0,
      changesWaiting: state.changesWaiting ?? 0,
      pictures: "0",
      desk: "0",
      drafts: 0,
    }),
    open_page: () => null,
    unlock: () => new Promise(() => undefined),
    cancel_unlock: () => null,
    ...over,
  });
  return { user, ...opened };
}

/** A part of the settings, by its heading. */
export const part = (name: string) => screen.findByRole("region", { name });
/** An answer that fails. */
export const fail = (error: AppError) => () => {
  throw error;
};
