import css from "./Logo.module.css";

/** Stockroom's mark and name: boxes on three shelves, and the light one is the one at hand. */
export function Logo() {
  return (
    <span className={css["logo"]}>
      <svg viewBox="0 0 22 20" className={css["sign"]} aria-hidden>
        <rect x="1" y="1" width="20" height="5" rx="1.4" className={css["first"]} />
        <rect x="1" y="7.5" width="9" height="5" rx="1.4" className={css["shelf"]} />
        <rect x="11.5" y="7.5" width="9.5" height="5" rx="1.4" className={css["box"]} />
        <rect x="1" y="14" width="20" height="5" rx="1.4" className={css["shelf"]} />
      </svg>
      {/* A name, the same in every language. */}
      <span>Stockroom</span>
    </span>
  );
}
