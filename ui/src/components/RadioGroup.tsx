import type { ReactNode } from "react";
import { Label, Radio, RadioGroup as Group } from "react-aria-components";
import { classes } from "../lib/classes";
import css from "./RadioGroup.module.css";

/** One of the choices of a {@link RadioGroup}. */
export type RadioChoice<T extends string> = {
  /** Its value. */
  value: T;
  /** Its name. */
  label: ReactNode;
  /** One line below the name. */
  more?: ReactNode;
};

/** Props of {@link RadioGroup}. */
export type RadioGroupProps<T extends string> = {
  /** What is being chosen. */
  label: string;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  /** What there is to choose from. */
  choices: readonly RadioChoice<T>[];
  /** The chosen one. */
  value: T;
  /** Told when another is chosen. */
  onChange: (value: T) => void;
  /** Off. */
  isDisabled?: boolean;
};

/** One of a few, all of them visible. */
export function RadioGroup<T extends string>({
  label,
  hideLabel,
  choices,
  value,
  onChange,
  isDisabled,
}: RadioGroupProps<T>) {
  return (
    <Group
      value={value}
      onChange={(chosen) => onChange(chosen as T)}
      isDisabled={isDisabled ?? false}
      aria-label={hideLabel ? label : undefined}
      className={css["group"]!}
    >
      {hideLabel ? null : <Label className={css["label"]!}>{label}</Label>}
      {choices.map((choice) => (
        <Radio key={choice.value} value={choice.value} className={css["radio"]!}>
          {({ isSelected, isFocusVisible }) => (
            <>
              <span
                className={classes(css["mark"], isSelected && css["on"], isFocusVisible && css["ringed"])}
                aria-hidden
              />
              <span>
                <span className={css["name"]}>{choice.label}</span>
                {choice.more ? <span className={css["more"]}>{choice.more}</span> : null}
              </span>
            </>
          )}
        </Radio>
      ))}
    </Group>
  );
}
