import { Outlet } from "@tanstack/react-router";
import { Trouble } from "../components/Trouble";
import { useRead } from "../ipc";
import css from "./Root.module.css";

/** Waits for what the first frame needs; then shows the place that is asked for. */
export function Root() {
  const app = useRead("appState", undefined);
  if (app.data) return <Outlet />;
  if (!app.error) return null;
  return (
    <main className={css["alone"]}>
      <Trouble error={app.error} steps={["tryAgain"]} onStep={() => void app.refetch()} busy={app.isFetching} />
    </main>
  );
}
