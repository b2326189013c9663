import { useEffect } from "react";
import type { Store } from "../../ipc";
import type { Naming } from "./NameIt";

/** A color that no store has yet, as long as there is one. */
export function freeColor(stores: readonly Store[]): Naming["color"] {
  const order = ["spruce", "fjord", "heather", "berry", "rust", "ochre", "moss", "slate"] as const;
  return order.find((color) => stores.every((store) => store.color !== color)) ?? "spruce";
}

/** The window wears the color of the store it is about. */
export function useWear(color: Naming["color"] | null) {
  useEffect(() => {
    if (!color) return;
    const { dataset } = document.documentElement;
    dataset["store"] = color;
    return () => {
      delete dataset["store"];
    };
  }, [color]);
}
