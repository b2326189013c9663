import { Label, Radio, RadioGroup } from "react-aria-components";
import { t } from "../i18n";
import type { Safety } from "../ipc/bindings";
import css from "./SafetyPicker.module.css";

const modes: readonly Safety[] = ["readOnly", "askAlways", "askRisky"];

/** Props of {@link SafetyPicker}. */
export type SafetyPickerProps = {
  /** The chosen mode. */
  value: Safety;
  /** Told when another is chosen. */
  onChange: (safety: Safety) => void;
};

/** What has to happen before a change is sent: three modes, each with what it means. */
export function SafetyPicker({ value, onChange }: SafetyPickerProps) {
  return (
    <RadioGroup value={value} onChange={(chosen) => onChange(chosen as Safety)} className={css["group"]!}>
      <Label className={css["label"]!}>{t("store.safety")}</Label>
      <div className={css["cards"]}>
        {modes.map((mode) => (
          <Radio key={mode} value={mode} className={css["card"]!}>
            <span className={css["mark"]} aria-hidden />
            <span className={css["words"]}>
              <span className={css["name"]}>{t(`safety.${mode}`)}</span>
              <span className={css["more"]}>{t(`store.safety.${mode}.more`)}</span>
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
