import css from "./ChangeStrip.module.css";

/** Props of {@link TellStrip}. */
export type TellStripProps = {
  /** What is said. */
  words: string;
};

/** Below everything for a moment: what a key has just done. */
export function TellStrip({ words }: TellStripProps) {
  return (
    <div className={css["strip"]} role="status">
      <span className={css["what"]}>{words}</span>
    </div>
  );
}
