/** Shape and colour for every order status there is, by id: shape says how far, colour says what kind. */
const marks = {
  0: { shape: "dashed", kind: "idle" },
  1: { shape: "ring", kind: "warn" },
  2: { shape: "full", kind: "ok" },
  3: { shape: "half", kind: "ok" },
  4: { shape: "full", kind: "back" },
  5: { shape: "barred", kind: "idle" },
  6: { shape: "cross", kind: "bad" },
  7: { shape: "ring", kind: "warn" },
  8: { shape: "half", kind: "info" },
  9: { shape: "full", kind: "info" },
  10: { shape: "tick", kind: "ok" },
  11: { shape: "full", kind: "warn" },
  12: { shape: "triangle", kind: "bad" },
  13: { shape: "full", kind: "bad" },
  14: { shape: "half", kind: "back" },
} as const;

const unknown = { shape: "ring", kind: "idle" } as const;

/** The mark of a status; a plain ring for an id BigCommerce has not named yet. */
export function statusMark(statusId: number) {
  return Object.hasOwn(marks, statusId) ? marks[statusId as keyof typeof marks] : unknown;
}

/** Nothing is left to do for it: never finished, or cancelled. */
export function isOver(statusId: number): boolean {
  return statusId === 0 || statusId === 5;
}

const closed: ReadonlySet<number> = new Set([0, 2, 4, 5, 6, 10, 14]);

/** Somebody still has to do something about it. */
export function isOpen(statusId: number): boolean {
  return !closed.has(statusId);
}

const nothingToShip: ReadonlySet<number> = new Set([0, 2, 4, 5, 6, 10]);

/** Nothing of it will be shipped any more, or not yet: never finished, shipped, over, refunded, cancelled, declined. */
export function isNothingToShip(statusId: number): boolean {
  return nothingToShip.has(statusId);
}

/** The id of a checkout that was never finished. */
export const incomplete = 0;

/** What there is to do comes first, then what is on its way, then what is over. */
const workFirst = [11, 7, 9, 8, 1, 12, 3, 13, 2, 10, 14, 4, 6, 5, incomplete];
const rank = (statusId: number) => {
  const at = workFirst.indexOf(statusId);
  return at < 0 ? workFirst.length : at;
};

/** Statuses in the order in which they are shown everywhere: what there is to do first. */
export function byWork<S extends { statusId: number }>(statuses: readonly S[]): S[] {
  return statuses.toSorted((one, other) => rank(one.statusId) - rank(other.statusId));
}
