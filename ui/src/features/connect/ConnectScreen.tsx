import { useRouter } from "@tanstack/react-router";
import { useRead, useStore } from "../../ipc";
import { useGo } from "../../lib/go";
import { Wizard } from "./Wizard";

/** Props of {@link ConnectScreen}. */
export type ConnectScreenProps = {
  /** The store whose token is to be replaced; `null` to connect a new one. */
  store: string | null;
};

/** The way from nothing to a checked and saved store. */
export function ConnectScreen({ store: key }: ConnectScreenProps) {
  const go = useGo();
  const { history } = useRouter();
  const app = useRead("appState", undefined).data;
  const store = useStore(key ?? "");
  const leave = () => {
    if (history.canGoBack()) history.back();
    else if (store) go.settings(store.key);
    else if (app?.current) go.store(app.current);
    else go.welcome();
  };
  return <Wizard key={key} store={store} onLeave={leave} />;
}
