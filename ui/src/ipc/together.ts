import { useQueries } from "@tanstack/react-query";
import type { ActivityRow } from "./bindings";
import { readOptions } from "./hooks";

/** How many changes were confirmed together with each of these, itself included. One, until it is known. */
export function useTogether(store: string, rows: readonly ActivityRow[]): (row: ActivityRow) => number {
  const jobs = [...new Set(rows.map(({ job }) => job))];
  const sizes = useQueries({ queries: jobs.map((job) => readOptions("job", { store, job })) });
  return ({ job }) => sizes[jobs.indexOf(job)]?.data?.size ?? 1;
}
