import { CircleAlert, Eye, EyeOff } from "lucide-react";
import { type ReactNode, type Ref, useId, useImperativeHandle, useRef, useState } from "react";
import { Input } from "react-aria-components";
import { t } from "../i18n";
import { classes } from "../lib/classes";
import { IconButton } from "./IconButton";
import css from "./Field.module.css";
import own from "./SecretField.module.css";

/** What the parent can do with a {@link SecretField}. */
export type SecretHandle = {
  /** The text, once: the field is empty afterwards and covered again. */
  take: () => string;
  /** Puts the cursor into it. */
  focus: () => void;
};

/** Props of {@link SecretField}. */
export type SecretFieldProps = {
  /** Takes the text out. */
  ref: Ref<SecretHandle>;
  /** Stands above. */
  label: string;
  /** Says below what belongs here. */
  hint?: ReactNode;
  /** Something is wrong with what was in it; the words stand nearby, in the element with this id. */
  wrong?: string | null;
  /** Told when it becomes empty or stops being so; never told the text. */
  onFilled?: (filled: boolean) => void;
  /** Off. */
  isDisabled?: boolean;
};

/**
 * One line for a secret.
 *
 * The text lives in the element alone: not in React's state, not in a form's data. `take` empties it.
 */
export function SecretField({ ref, label, hint, wrong, onFilled, isDisabled = false }: SecretFieldProps) {
  const id = useId();
  const below = useId();
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);

  useImperativeHandle(
    ref,
    () => ({
      take: () => {
        const text = input.current?.value ?? "";
        if (input.current) input.current.value = "";
        setShown(false);
        onFilled?.(false);
        return text;
      },
      focus: () => input.current?.focus(),
    }),
    [onFilled],
  );

  return (
    <div className={css["field"]} data-invalid={wrong ? true : undefined} data-disabled={isDisabled || undefined}>
      <span className={css["head"]}>
        <label htmlFor={id} className={css["label"]}>
          {label}
        </label>
      </span>
      <span className={css["box"]}>
        <Input
          ref={input}
          id={id}
          type={shown ? "text" : "password"}
          disabled={isDisabled}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={classes(wrong, hint ? below : null) || undefined}
          onPaste={(event) => {
            // A field of one line would join lines without anything between, and the reader with them.
            const text = event.clipboardData.getData("text/plain");
            if (!/[\r\n]/.test(text.trim())) return;
            event.preventDefault();
            const field = event.currentTarget;
            field.setRangeText(text.replace(/\s*[\r\n]+\s*/g, "  "), field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
            onFilled?.(field.value.trim() !== "");
          }}
          onInput={(event) => onFilled?.(event.currentTarget.value.trim() !== "")}
          className={classes(css["input"], shown && css["code"])}
        />
        {wrong ? <CircleAlert className={css["sign"]} aria-hidden /> : null}
        <span className={own["toggle"]}>
          <IconButton
            label={t(shown ? "secret.hide" : "secret.show", { what: label })}
            icon={shown ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
            look="tiny"
            isDisabled={isDisabled}
            onPress={() => setShown((now) => !now)}
          />
        </span>
      </span>
      {hint ? (
        <span id={below} className={css["hint"]}>
          {hint}
        </span>
      ) : null}
    </div>
  );
}
