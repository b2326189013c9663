import type { Color } from "../ipc/bindings";
import css from "./StoreDot.module.css";

/** Props of {@link StoreDot}. */
export type StoreDotProps = {
  /** The store's colour. */
  color: Color;
};

/** The colour that tells a store apart, always beside its name. */
export function StoreDot({ color }: StoreDotProps) {
  return <span className={css["dot"]} style={{ background: `var(--swatch-${color})` }} aria-hidden />;
}
