import { createContext, useContext } from "react";
import type { Preferences } from "../ipc/bindings";

/** How tall rows are. */
export type Density = NonNullable<Preferences["density"]>;

/** Holds what the person chose. */
export const DensityContext = createContext<Density>("compact");

/** The height of a row in pixels, the same as the token `--h-row`. */
export function useRowHeight(): number {
  return useContext(DensityContext) === "comfortable" ? 40 : 32;
}
