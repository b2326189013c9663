import { useEffect, useRef } from "react";
import { type AppError, type OrderPartsDto, useWrite } from "../../ipc";

/** Who steps through orders with the keys looks at each for less than this, and asks nothing. */
const settleMs = 350;
/** What was asked for this recently need not be asked for again. */
const freshMs = 60_000;

/** How it stands with what belongs to an order. */
export type Asking = {
  /** The store is being asked. */
  busy: boolean;
  /** Why it gave no answer. */
  error: AppError | null;
  /** Asks again. */
  again: () => void;
};

/** Whether the store has to be asked: never, or not lately, and it can be. */
export function isToBeAsked(parts: Pick<OrderPartsDto, "readAt"> | null, may: boolean, now: Date): boolean {
  return may && (parts === null || now.getTime() - new Date(parts.readAt).getTime() >= freshMs);
}

/** Asks the store for an order's items, addresses and shipments when it is opened. What is here is shown meanwhile. */
export function useOrderParts(store: string, order: string, parts: OrderPartsDto | null | undefined, may: boolean): Asking {
  const { mutate, isPending, error } = useWrite("refreshOrder");
  const asked = useRef<string | null>(null);
  // While the order itself is being read, nothing is known of its parts.
  const known = parts !== undefined;
  const readAt = parts?.readAt ?? null;

  useEffect(() => {
    if (!known || asked.current === order) return undefined;
    if (!isToBeAsked(readAt === null ? null : { readAt }, may, new Date())) return undefined;
    const timer = setTimeout(() => {
      asked.current = order;
      mutate({ store, order });
    }, settleMs);
    return () => clearTimeout(timer);
  }, [known, may, readAt, mutate, store, order]);

  return { busy: isPending, error: error ?? null, again: () => mutate({ store, order }) };
}
