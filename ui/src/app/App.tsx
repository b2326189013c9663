import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { I18nProvider } from "react-aria-components";
import { formatLocale } from "../i18n";
import { EventsProvider } from "../ipc";
import type { AppRouter } from "./router";
import { Wear } from "./Wear";

/** Props of {@link App}. */
export type AppProps = {
  /** The cache of answers. */
  client: QueryClient;
  /** The way around. */
  router: AppRouter;
};

/** The whole window. */
export function App({ client, router }: AppProps) {
  return (
    <QueryClientProvider client={client}>
      <EventsProvider>
        <I18nProvider locale={formatLocale()}>
          <Wear>
            <RouterProvider router={router} />
          </Wear>
        </I18nProvider>
      </EventsProvider>
    </QueryClientProvider>
  );
}
