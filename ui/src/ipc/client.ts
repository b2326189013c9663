import { QueryClient } from "@tanstack/react-query";
import { dropRemoved, dropStartedOver } from "./removed";

/**
 * The cache of answers. Nothing goes stale by age: the backend says what did. Nothing is tried again by
 * itself either: the backend already has, and knows better when to stop. What was answered about a store goes with it.
 */
export function makeClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  dropRemoved(client);
  dropStartedOver(client);
  return client;
}
