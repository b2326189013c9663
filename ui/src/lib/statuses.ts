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

/** The id of a checkout that was never finished. */
export const incomplete = 0;
