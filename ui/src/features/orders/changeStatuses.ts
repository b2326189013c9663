import type { PlanQuestion } from "../../ipc";

/** The question that gives orders another status. */
export function changeStatuses(store: string, orders: readonly string[], statusId: number): PlanQuestion {
  return {
    store,
    wanted: { kind: "orders", changes: orders.map((order) => ({ order, statusId, staffNotes: null })) },
  };
}
