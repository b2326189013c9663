import { Undo2 } from "lucide-react";
import { Button as Pressable } from "react-aria-components";
import { t } from "../i18n";
import css from "./Field.module.css";

/** Props of {@link Was}. */
export type WasProps = {
  /** The store's value, as text. */
  was: string;
  /** Puts it back. */
  onUndo: () => void;
};

/** Says what a changed field held before, and puts it back. */
export function Was({ was, onUndo }: WasProps) {
  const value = was === "" ? t("common.empty") : was.replaceAll(/\s+/g, " ");
  return (
    <Pressable className={css["was"]} onPress={onUndo} aria-label={t("common.wasNamed", { value })}>
      <span className={css["wasText"]}>{t("common.was", { value })}</span>
      <Undo2 aria-hidden />
    </Pressable>
  );
}
