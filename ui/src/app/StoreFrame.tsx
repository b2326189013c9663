import { Outlet } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { Trouble } from "../components/Trouble";
import { type Store, useRead, useStore, useWrite } from "../ipc";
import { Offers, OffersContext } from "../lib/actions";
import { useGo } from "../lib/go";
import { TellingContext } from "../lib/telling";
import { ChangingProvider } from "./ChangingProvider";
import { KeysSheet } from "./KeysSheet";
import { Outside } from "./Outside";
import { Palette } from "./palette/Palette";
import root from "./Root.module.css";
import { Sidebar } from "./Sidebar";
import css from "./StoreFrame.module.css";
import { TellStrip } from "./TellStrip";
import { TopBar } from "./TopBar";
import { TroubleBanner } from "./TroubleBanner";
import { useFrameActions } from "./useFrameActions";
import { useKeptPlace } from "./useKeptPlace";
import { useKeys } from "./useKeys";
import { useTelling } from "./useTelling";
import { useUndoLast } from "./useUndoLast";

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
  const offers = useMemo(() => new Offers(), []);
  const [told, tell, putAway] = useTelling();
  useKeptPlace(key);

  const current = useRead("appState", undefined).data?.current;
  useEffect(() => {
    if (current !== key) select({ store: key });
  }, [select, key, current]);

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
      <Outside>
        <main className={root["alone"]}>
          <Trouble alone error={{ code: "storeGone" }} onStep={() => go.connect()} />
        </main>
      </Outside>
    );
  }

  return (
    <OffersContext.Provider value={offers}>
      <TellingContext.Provider value={tell}>
        <ChangingProvider store={store}>
          {(strip) => (
            <Frame
              store={store}
              offers={offers}
              strip={
                <>
                  {told ? <TellStrip told={told} onClose={putAway} /> : null}
                  {strip}
                </>
              }
            />
          )}
        </ChangingProvider>
      </TellingContext.Provider>
    </OffersContext.Provider>
  );
}

/** The parts around the screen, and what can be done wherever one is. */
function Frame({ store, offers, strip }: { store: Store; offers: Offers; strip: ReactNode }) {
  const [over, setOver] = useState<"palette" | "keys" | null>(null);
  const close = () => setOver(null);
  const letterKeys = useRead("appState", undefined).data?.preferences.letterKeys ?? true;
  useFrameActions(store, { onPalette: () => setOver("palette"), onKeys: () => setOver("keys") });
  useUndoLast(store);
  useKeys(offers, letterKeys);
  return (
    <>
      <div className={css["frame"]}>
        <Sidebar store={store} />
        <div className={css["middle"]}>
          <TopBar store={store} onPalette={() => setOver("palette")} />
          <TroubleBanner store={store} />
          <div className={css["screen"]}>
            <Outlet />
          </div>
          {strip}
        </div>
      </div>
      {over === "palette" ? <Palette store={store.key} offers={offers} onClose={close} /> : null}
      {over === "keys" ? <KeysSheet offers={offers} onClose={close} /> : null}
    </>
  );
}
