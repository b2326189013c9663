import { QueryClient } from "@tanstack/react-query";

/**
 * The cache of answers. Nothing goes stale by age: the backend says what did. Nothing is tried again by
 * itself either: the backend already has, and knows better when to stop.
 */
export function makeClient(): QueryClient {
  return new QueryClient({
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
}
