import { Outlet } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Trouble } from "../components/Trouble";
import { useStore, useWrite } from "../ipc";
import { useGo } from "../lib/go";
import { ChangingProvider } from "./ChangingProvider";
import { Palette } from "./palette/Palette";
import root from "./Root.module.css";
import { Sidebar } from "./Sidebar";
import css from "./StoreFrame.module.css";
import { TopBar } from "./TopBar";
import { TroubleBanner } from "./TroubleBanner";
import { useKeptPlace } from "./useKeptPlace";
import { useShortcuts } from "./useShortcuts";

/** Props of {@link StoreFrame}. */
export type StoreFrameProps = {
  /** The store's key. */
  store: string;
};

/** The frame around a store's screens: sidebar, top bar, what is wrong, and the road every change takes. */
export function StoreFrame({ store: key }: StoreFrameProps) {
  const store = useStore(key);
  const go = useGo();
  const { mutate: select } = useWrite("selectStore");
  const [palette, setPalette] = useState(false);
  useKeptPlace(key);
  useShortcuts({ onPalette: () => setPalette(true) });

  useEffect(() => {
    select({ store: key });
  }, [select, key]);

  const color = store?.color;
  useEffect(() => {
    const html = document.documentElement;
    if (color) html.dataset["store"] = color;
    return () => {
      delete html.dataset["store"];
    };
  }, [color]);

  if (!store) {
    return (
      <main className={root["alone"]}>
        <Trouble error={{ code: "storeGone" }} onStep={() => go.connect()} />
      </main>
    );
  }

  return (
    <ChangingProvider store={store}>
      {(strip) => (
        <>
          <div className={css["frame"]}>
            <Sidebar store={store} />
            <div className={css["middle"]}>
              <TopBar store={store} onPalette={() => setPalette(true)} />
              <TroubleBanner store={store} />
              <div className={css["screen"]}>
                <Outlet />
              </div>
              {strip}
            </div>
          </div>
          {palette ? <Palette store={store} onClose={() => setPalette(false)} /> : null}
        </>
      )}
    </ChangingProvider>
  );
}
