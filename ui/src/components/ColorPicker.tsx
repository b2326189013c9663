import { Check } from "lucide-react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { t } from "../i18n";
import type { Color } from "../ipc/bindings";
import { classes } from "../lib/classes";
import css from "./ColorPicker.module.css";

/** Every store color, in the order they are offered. */
export const storeColors: readonly Color[] = [
  "spruce",
  "fjord",
  "heather",
  "berry",
  "rust",
  "ochre",
  "moss",
  "slate",
];

/** Props of {@link ColorPicker}. */
export type ColorPickerProps = {
  /** The chosen color. */
  value: Color;
  /** Told when another is chosen. */
  onChange: (color: Color) => void;
};

/** One of the eight store colors. Each has a name, and the chosen one's is written beside them. */
export function ColorPicker({ value, onChange }: ColorPickerProps) {
  return (
    <RadioGroup
      value={value}
      onChange={(chosen) => onChange(chosen as Color)}
      orientation="horizontal"
      className={css["group"]!}
    >
      <Label className={css["label"]!}>{t("color.label")}</Label>
      <div className={css["row"]}>
        {storeColors.map((color) => (
          <Radio key={color} value={color} aria-label={t(`color.${color}`)}>
            {({ isSelected, isFocusVisible }) => (
              <span
                className={classes(css["swatch"], isSelected && css["on"], isFocusVisible && css["ringed"])}
                style={{ background: `var(--swatch-${color})` }}
              >
                {isSelected ? <Check aria-hidden /> : null}
              </span>
            )}
          </Radio>
        ))}
        <span className={css["name"]} aria-hidden>
          {t(`color.${value}`)}
        </span>
      </div>
    </RadioGroup>
  );
}
