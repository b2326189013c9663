import { X } from "lucide-react";
import { IconButton } from "../components/IconButton";
import { t } from "../i18n";
import css from "./ChangeStrip.module.css";
import type { Told } from "./useTelling";

/** Props of {@link TellStrip}. */
export type TellStripProps = {
  /** What is said. */
  told: Told;
  /** Takes the strip away. */
  onClose: () => void;
};

/** For a moment: what a key has just done, or what came of what was asked for. */
export function TellStrip({ told, onClose }: TellStripProps) {
  return (
    <div className={css["strip"]} role="status">
      <span className={css["what"]}>{told.words}</span>
      <span className={css["space"]} />
      {told.kind === "result" ? <IconButton label={t("strip.close")} icon={<X aria-hidden />} onPress={onClose} /> : null}
    </div>
  );
}
