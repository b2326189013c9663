import type { MissingScope, Store } from "../../ipc";

/** What a store is asked for, by the control panel's names. */
export type Asked = Pick<MissingScope, "label" | "level">;

/**
 * What a store's token lacks of what was asked for, at the level that was asked for. What was never asked for is not
 * missed: neither another scope nor more of one of these. Where nobody knows what was asked for (`null`), it is what could
 * be made use of.
 */
export function missedScopes({ missingScopes }: Pick<Store, "missingScopes">, asked: readonly Asked[] | null): Asked[] {
  if (!asked) return missingScopes.map(({ label, level }) => ({ label, level }));
  return missingScopes.flatMap(({ label, readable }) => {
    const level = asked.find((scope) => scope.label === label)?.level;
    return level === undefined || (readable && level === "readOnly") ? [] : [{ label, level }];
  });
}
