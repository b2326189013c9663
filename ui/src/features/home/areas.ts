import type { Area, StoreState } from "../../ipc";

/** What of an area can be shown. */
export type AreaView = {
  /**
   * `here`: its numbers mean something. `loading`: nothing has come yet, and it is on its way. `waiting`: nothing has
   * come yet, and nothing is being done about it. `outOfReach`: the token may not read it.
   */
  is: "here" | "loading" | "waiting" | "outOfReach";
  /** How many things are on this computer. */
  here: number;
  /** How many are in the store, where it said so. */
  inStore: number | null;
  /** All of them have been here once. */
  isWhole: boolean;
};

/** How an area of a store is doing. */
export function areaIn(state: StoreState, name: Area): AreaView {
  const area = state.areas.find(({ area }) => area === name);
  const here = area?.here ?? 0;
  const isWhole = area?.isComplete ?? false;
  const rest = { here, inStore: area?.inStore ?? null, isWhole };
  // What was pulled before stays readable, whatever the token may do now.
  if (here > 0 || isWhole) return { is: "here", ...rest };
  if (area?.outOfReach) return { is: "outOfReach", ...rest };
  const isComing = state.phase === "firstPull" || (state.phase === "refreshing" && state.trouble === null);
  return { is: isComing ? "loading" : "waiting", ...rest };
}
