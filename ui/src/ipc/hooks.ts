import {
  type UseMutationResult,
  type UseQueryResult,
  hashKey,
  keepPreviousData,
  useIsMutating,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo } from "react";
import { type AppError, type Tag, stales } from "./bindings";
import { api } from "./call";
import { type Answer, type Input, type ReadName, type WriteName, afterWrite, readKey } from "./tags";

type Caller = (input: unknown) => Promise<unknown>;

/** How a read behaves. */
export type ReadOptions<A = unknown> = {
  /** Ask at all. */
  enabled?: boolean;
  /** While another input's answer loads, go on showing the last one. For lists; never for one thing's details. */
  keepPrevious?: boolean;
  /** Ask again after so many milliseconds, while the window is looked at: for what ages by itself. It may depend on the answer. */
  everyMs?: number | ((answer: A | undefined) => number | false);
};

/** Options for the cache, for reads outside of components. */
export function readOptions<C extends ReadName>(command: C, input: Input<C>) {
  return {
    queryKey: readKey(command, input),
    queryFn: () => (api[command] as Caller)(input) as Promise<Answer<C>>,
  };
}

/** Reads an answer and keeps it fresh: it is asked for again whenever one of its tags goes stale. */
export function useRead<C extends ReadName>(
  command: C,
  input: Input<C>,
  options: ReadOptions<Answer<C>> = {},
): UseQueryResult<Answer<C>, AppError> {
  const { everyMs } = options;
  return useQuery<Answer<C>, AppError>({
    ...readOptions(command, input),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(everyMs === undefined
      ? {}
      : { refetchInterval: typeof everyMs === "function" ? (query) => everyMs(query.state.data) : everyMs }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  });
}

/** What else becomes of a write. */
export type WriteOptions = {
  /** Told why it came to nothing, each time, and also when the part of the window that asked is gone by then. */
  onError?: (error: AppError) => void;
};

/** Asks for something to be done; afterwards what it made stale is asked for again. */
export function useWrite<C extends WriteName>(
  command: C,
  { onError }: WriteOptions = {},
): UseMutationResult<Answer<C>, AppError, Input<C>> {
  const client = useQueryClient();
  return useMutation<Answer<C>, AppError, Input<C>>({
    mutationKey: [command],
    mutationFn: (input) => (api[command] as Caller)(input) as Promise<Answer<C>>,
    ...(onError === undefined ? {} : { onError: (error: AppError) => onError(error) }),
    // Also after a failure: it may have got half-way.
    onSettled: (_answer, _error, input) => {
      const asked = afterWrite(client, command, input);
      // A new store has to be known before its screens are gone to; for anything else nobody waits.
      return (stales[command] as readonly Tag[]).includes("app") ? asked : undefined;
    },
  });
}

/** Whether exactly this is being asked for, by whatever part of the window. */
export function useIsWriting<C extends WriteName>(command: C, input: Input<C>): boolean {
  const begun = useMutationState({
    filters: { mutationKey: [command], status: "pending" },
    select: ({ state }) => hashKey([state.variables]),
  });
  return begun.includes(hashKey([input]));
}

/** How often something is being asked for, by whatever part of the window. */
export type Writes = {
  /** So many are under way. */
  pending: number;
  /** When those of the last minutes began, in milliseconds since 1970. */
  begun: () => number[];
};

/** Watches how often something is being asked for, for parts that hold themselves back. */
export function useWrites(command: WriteName): Writes {
  const client = useQueryClient();
  const pending = useIsMutating({ mutationKey: [command] });
  return useMemo(() => {
    const all = () => client.getMutationCache().findAll({ mutationKey: [command] });
    return { pending, begun: () => all().map(({ state }) => state.submittedAt) };
  }, [client, command, pending]);
}
