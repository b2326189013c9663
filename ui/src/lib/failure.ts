import type { AppError } from "../ipc/bindings";

/** Something that was asked for, and why it came to nothing, if it did. */
type Asked = { submittedAt: number; error: AppError | null };

/** Why that one came to nothing which was asked for last: what came of those before is over. */
export function lastFailure(first: Asked, ...others: readonly Asked[]): AppError | null {
  return others.reduce((last, one) => (one.submittedAt > last.submittedAt ? one : last), first).error;
}
