import { useEffect, useState } from "react";
import { type AppError, type OrderDetail, useWrite, useWrites } from "../../ipc";

/** Who steps through orders with the keys looks at each for less than this, and asks nothing. */
const settleMs = 350;
/** What was asked for this recently need not be asked for again. */
const freshMs = 60_000;
/** Nor this recently, of an order that has long been left alone. */
const stillFreshMs = 15 * 60_000;
/** As long as that: the store's clock and this computer's may differ. */
const leftAloneMs = 2 * 60 * 60_000;
/**
 * One order takes about seven requests, and the smallest stores let all apps send 150 in 30 seconds. So many orders
 * in so long leave more than half of that to others.
 */
const most = { orders: 6, ms: 15_000 };

/** How it stands with what belongs to an order. */
export type Asking = {
  /** The store is being asked, or is about to be. */
  busy: boolean;
  /** Why it gave no answer. */
  error: AppError | null;
  /** Asks again. */
  again: () => void;
};

/** Whether the store has to be asked: never, or not lately, and it can be. */
export function isToBeAsked(detail: { modifiedAt: string; parts: { readAt: string } | null }, may: boolean, now: Date): boolean {
  if (!may) return false;
  if (detail.parts === null) return true;
  const read = new Date(detail.parts.readAt).getTime();
  const isLeftAlone = read - new Date(detail.modifiedAt).getTime() >= leftAloneMs;
  return now.getTime() - read >= (isLeftAlone ? stillFreshMs : freshMs);
}

/** How many milliseconds to wait before the store is asked for one more order, if it was asked at these times. */
export function restFor(asked: readonly number[], now: number): number {
  const oldest = asked.toSorted((one, other) => other - one)[most.orders - 1];
  return Math.max(settleMs, oldest === undefined ? 0 : oldest + most.ms - now);
}

/**
 * Asks the store for an order's items, addresses and shipments when it is opened, in a panel of its own. What is here is shown meanwhile.
 * Whoever steps through many orders asks for one at a time, and only for those that they rest on.
 */
export function useOrderParts(store: string, order: string, detail: OrderDetail | undefined, may: boolean): Asking {
  const { mutate, isPending, isSuccess, error, isIdle } = useWrite("refreshOrder");
  const writes = useWrites("refreshOrder");
  const modifiedAt = detail?.modifiedAt ?? null;
  const readAt = detail?.parts?.readAt ?? null;
  // While the order itself is being read, nothing is known of its parts.
  const [openedAt] = useState(() => new Date());
  const parts = readAt === null ? null : { readAt };
  const wanted = isIdle && modifiedAt !== null && isToBeAsked({ modifiedAt, parts }, may, openedAt);
  const isFree = writes.pending === 0;

  useEffect(() => {
    if (!wanted || !isFree) return undefined;
    const timer = setTimeout(() => mutate({ store, order }), restFor(writes.begun(), Date.now()));
    return () => clearTimeout(timer);
  }, [wanted, isFree, writes, mutate, store, order]);

  // What the store has answered is read from the copy a moment later: until then it is as if it had not.
  const isComing = isSuccess && modifiedAt !== null && readAt === null;
  return { busy: isPending || wanted || isComing, error: error ?? null, again: () => mutate({ store, order }) };
}
