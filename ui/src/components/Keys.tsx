import css from "./Keys.module.css";

/** Props of {@link Keys}. */
export type KeysProps = {
  /** The keys, in the order they are pressed. */
  keys: readonly string[];
};

/** The keys that do something. Only shown where they work. */
export function Keys({ keys }: KeysProps) {
  return (
    <span className={css["keys"]} aria-hidden>
      {keys.map((key) => (
        <kbd key={key} className={css["key"]}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
