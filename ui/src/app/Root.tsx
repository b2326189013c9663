import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { Trouble } from "../components/Trouble";
import { t } from "../i18n";
import { useBackendEvent, useRead, useWrite } from "../ipc";
import { WayBackContext } from "../lib/back";
import { useGo } from "../lib/go";
import { Outside } from "./Outside";
import css from "./Root.module.css";
import { useBack } from "./useBack";

/** Waits for what the first frame needs; then shows the place that is asked for. */
export function Root() {
  const app = useRead("appState", undefined);
  const go = useGo();
  const way = useBack();
  const announce = useWrite("announceOrders");
  useBackendEvent("newOrders", ({ store, count }) =>
    announce.mutate({ store, title: t("announce.orders", { n: count }), press: t("announce.show") }),
  );
  // The newest first, whatever the list showed last: those are the ones that were announced.
  useBackendEvent("showOrders", ({ store }) => go.orders(store, { status: "all", sort: "placed", way: "down" }));
  const wantsSample = app.data?.openSample ?? false;
  useEffect(() => {
    if (wantsSample) go.welcome();
  }, [go, wantsSample]);
  if (app.data) {
    return (
      <WayBackContext.Provider value={way}>
        <Outlet />
      </WayBackContext.Provider>
    );
  }
  if (!app.error) return null;
  return (
    <WayBackContext.Provider value={way}>
      <Outside>
        <main className={css["alone"]}>
          <Trouble alone error={app.error} steps={["tryAgain"]} onStep={() => void app.refetch()} busy={app.isFetching} />
        </main>
      </Outside>
    </WayBackContext.Provider>
  );
}
