import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import css from "./SegmentedControl.module.css";

/** Props of {@link SegmentedControl}. */
export type SegmentedControlProps<T extends string> = {
  /** What is being chosen. */
  label: string;
  /** What there is to choose from: two to four short words. */
  choices: readonly { value: T; label: string }[];
  /** The chosen one. */
  value: T;
  /** Told when another is chosen. */
  onChange: (value: T) => void;
};

/** One of a few short words, side by side. */
export function SegmentedControl<T extends string>({ label, choices, value, onChange }: SegmentedControlProps<T>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [chosen] = keys;
        if (chosen !== undefined) onChange(chosen as T);
      }}
      className={css["group"]!}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.value} id={choice.value} className={css["segment"]!}>
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
