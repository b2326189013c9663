import { Navigate } from "@tanstack/react-router";
import { useRead } from "../ipc";

/** The first place: the store that was open last, or the welcome. */
export function Start() {
  const app = useRead("appState", undefined).data;
  if (!app) return null;
  const store = app.stores.find(({ key }) => key === app.current) ?? app.stores[0];
  if (!store || app.openSample) return <Navigate to="/welcome" replace />;
  return <Navigate to={`/store/${store.key}`} replace />;
}
