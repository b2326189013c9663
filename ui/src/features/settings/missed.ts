import type { MissingScope, Store } from "../../ipc";

/** What a store is asked for. */
export type Asked = Pick<MissingScope, "scope" | "level">;

/**
 * What a store's token lacks of what was asked for, at the level that was asked for. What was never asked for is not
 * missed: neither another scope nor more of one of these. Where nobody knows what was asked for (`null`), it is what could
 * be made use of.
 */
export function missedScopes({ missingScopes }: Pick<Store, "missingScopes">, asked: readonly Asked[] | null): Asked[] {
  if (!asked) return missingScopes.map(({ scope, level }) => ({ scope, level }));
  return missingScopes.flatMap(({ scope, readable }) => {
    const level = asked.find((one) => one.scope === scope)?.level;
    return level === undefined || (readable && level === "readOnly") ? [] : [{ scope, level }];
  });
}
