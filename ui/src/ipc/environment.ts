import type { EnvironmentOffer } from "./bindings";
import { useRead } from "./hooks";

/** The store and token that this computer's environment names; `null` if it names none, or what is in use already. */
export function useEnvironmentOffer(): EnvironmentOffer | null {
  const app = useRead("appState", undefined).data;
  const named = app?.environment ?? null;
  const same = app?.stores.find(
    ({ hash, tokenLast4, isSample }) => !isSample && hash === named?.hash && tokenLast4 === named.last4,
  );
  // What is nowhere in the store's reach any more is no token in use, and the environment's is what helps.
  const state = useRead("storeState", { store: same?.key ?? "" }, { enabled: same !== undefined }).data;
  const isLost = state?.token === "missing" || state?.token === "noKeychain";
  return same && !isLost ? null : named;
}
