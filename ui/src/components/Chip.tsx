import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button as Pressable } from "react-aria-components";
import { t } from "../i18n";
import css from "./Chip.module.css";

/** Props of {@link Chip}. */
export type ChipProps = {
  /** What is filtered by. */
  name: string;
  /** Which value. */
  value: ReactNode;
  /** Takes the filter away. */
  onRemove: () => void;
};

/** A filter in force. */
export function Chip({ name, value, onRemove }: ChipProps) {
  return (
    <span className={css["chip"]}>
      <span className={css["name"]}>{name}</span>
      <span className={css["value"]}>{value}</span>
      <Pressable className={css["remove"]!} onPress={onRemove} aria-label={t("common.remove", { what: name })}>
        <X aria-hidden />
      </Pressable>
    </span>
  );
}
