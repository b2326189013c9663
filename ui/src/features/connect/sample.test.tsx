import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import type { AppState } from "../../ipc";
import { firstStart } from "../../testing/connecting";
import { store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

it("the sample is opened once for each start that asks for it, also beside a store that is open", async () => {
  const state: AppState = {
    version: "0.1.0",
    stores: [store, { ...store, key: "sample", name: "Sample" }],
    current: store.key,
    environment: null,
    preferences: { theme: "light", density: "compact" } as AppState["preferences"],
    openSample: false,
  };
  const { backend, router } = openWindow(`/store/${store.key}/orders`, {
    ...firstStart(),
    app_state: () => structuredClone(state),
    open_sample: () => {
      state.openSample = false;
      state.current = "sample";
      return state.stores[1];
    },
  });
  await screen.findByText("48219");
  for (const times of [1, 2]) {
    state.openSample = true;
    backend.tell({ kind: "stale", store: null, tags: ["app"] });
    await waitFor(() => expect(backend.times("open_sample")).toBe(times));
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/store\/sample/));
    await router.navigate({ to: "/" });
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/store\/sample/));
    expect(backend.times("open_sample")).toBe(times);
  }
});
