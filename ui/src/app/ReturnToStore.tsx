import { Navigate } from "@tanstack/react-router";
import { useRemembered } from "../ipc";
import { screenPath } from "./screens";

/** Props of {@link ReturnToStore}. */
export type ReturnToStoreProps = {
  /** The store. */
  store: string;
};

/** Goes to where this store was left. */
export function ReturnToStore({ store }: ReturnToStoreProps) {
  const [path, , { known }] = useRemembered(store, "place", screenPath, "/orders");
  if (!known) return null;
  const [at = "/orders", search = ""] = path.split("?", 2);
  return <Navigate to={`/store/${store}${at}`} search={Object.fromEntries(new URLSearchParams(search))} replace />;
}
