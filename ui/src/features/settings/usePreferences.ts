import { type Preferences, useRead, useWrite } from "../../ipc";

/** The preferences, and a way to change some of them. */
export function usePreferences() {
  const told = useRead("appState", undefined).data?.preferences;
  const write = useWrite("setPreferences");
  // While it is being written, what was chosen is what shows.
  const preferences: Preferences = (write.isPending ? write.variables : told) ?? {};
  const change = (some: Partial<Preferences>) => write.mutate({ ...preferences, ...some });
  return { preferences, change, error: write.error };
}
