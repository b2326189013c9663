import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { OrderDetail, ProductDetail } from "./bindings";
import { api } from "./call";
import { type Keep, Keeper } from "./keeper";
import { readKey } from "./tags";

/** Keeps what is being typed; see {@link useKeeping}. */
export type Keeping = Keep & {
  /** Keeps this, a moment from now; `null` throws the draft away. */
  keep: (text: string | null) => void;
  /** At once, if something waits. */
  flush: () => void;
};

/**
 * An answer that is being asked for may have been read before the draft was on the disk, and would take its place in the
 * window: it is asked for once more, and the late one is dropped.
 */
function askOnceMore(client: QueryClient, queryKey: QueryKey): void {
  if (client.isFetching({ queryKey, exact: true }) > 0) void client.invalidateQueries({ queryKey, exact: true });
}

/** What is on its way to the disk, by what it was typed for. */
const keepers = new Map<string, Keeper>();

function keeperOf(name: string, send: (text: string | null) => Promise<unknown>): Keeper {
  const known = keepers.get(name);
  if (known) return known;
  const made = new Keeper(send);
  keepers.set(name, made);
  return made;
}

/** Keeps a text as it is being typed, and at once when the thing is left; see {@link Keeper}. */
function useKeeping(keeper: Keeper, show: (text: string | null) => void): Keeping {
  const keep = useCallback(
    (text: string | null) => {
      show(text);
      keeper.keep(text);
    },
    [keeper, show],
  );
  useEffect(() => keeper.flush, [keeper]);
  const state = useSyncExternalStore(keeper.listen, keeper.state);
  return useMemo(() => ({ ...state, keep, flush: keeper.flush }), [state, keep, keeper]);
}

/** Keeps a staff note as it is being typed. */
export function useNotesDraft(store: string, order: string): Keeping {
  const client = useQueryClient();
  const show = useCallback(
    (text: string | null) =>
      client.setQueryData<OrderDetail>(readKey("order", { store, order }), (detail) =>
        detail ? { ...detail, draftStaffNotes: text } : detail,
      ),
    [client, store, order],
  );
  const keeper = keeperOf(`notes ${store} ${order}`, async (text) => {
    await api.draftNotes({ store, order, text });
    show(text);
    askOnceMore(client, readKey("order", { store, order }));
  });
  return useKeeping(keeper, show);
}

/** Keeps a product's form as it is being filled in; `null` stands for a new product. */
export function useProductKeeping(store: string, product: string | null): Keeping {
  const client = useQueryClient();
  const show = useCallback(
    (text: string | null) => {
      client.setQueryData(readKey("productDraft", { store, product }), { store, product, text });
      if (product === null) return;
      client.setQueryData<ProductDetail>(readKey("product", { store, product }), (detail) =>
        detail ? { ...detail, draft: text } : detail,
      );
    },
    [client, store, product],
  );
  const keeper = keeperOf(`product ${store} ${product ?? "new"}`, async (text) => {
    await api.draftProduct({ store, product, text });
    show(text);
    askOnceMore(client, readKey("productDraft", { store, product }));
    if (product !== null) askOnceMore(client, readKey("product", { store, product }));
  });
  return useKeeping(keeper, show);
}
