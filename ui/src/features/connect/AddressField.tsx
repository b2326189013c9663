import { X } from "lucide-react";
import { type Ref, useId, useRef } from "react";
import { IconButton } from "../../components/IconButton";
import { t } from "../../i18n";
import type { AddressAnswer } from "../../ipc";
import css from "./AddressField.module.css";

/** Props of {@link AddressField}. */
export type AddressFieldProps = {
  /** The field's element. */
  ref: Ref<HTMLInputElement>;
  /** The text. */
  value: string;
  /** What is known about exactly this text. */
  answer: AddressAnswer | null;
  /** The id of what is said about it. */
  saidBy: string;
  /** It was refused. */
  invalid: boolean;
  /** Told when it changes. */
  onChange: (text: string) => void;
};

/** The field for anything that names a store; the hash is marked in the text. */
export function AddressField({ ref, value, answer, saidBy, invalid, onChange }: AddressFieldProps) {
  const id = useId();
  const seen = useRef<HTMLSpanElement>(null);
  const input = useRef<HTMLInputElement | null>(null);
  // The marked copy over the field scrolls along with it.
  const follow = (field: HTMLInputElement) => {
    if (seen.current) seen.current.style.transform = `translateX(${-field.scrollLeft}px)`;
  };
  const hold = (field: HTMLInputElement | null) => {
    input.current = field;
    if (typeof ref === "function") ref(field);
    else if (ref) ref.current = field;
  };
  const marked = answer?.hash ? { start: answer.start, end: answer.end } : { start: value.length, end: value.length };
  return (
    <div>
      <label htmlFor={id} className={css["label"]}>
        {t("which.label")}
      </label>
      <div className={css["box"]}>
        <input
          ref={hold}
          id={id}
          type="text"
          value={value}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-describedby={saidBy}
          aria-invalid={invalid || undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
          onScroll={(event) => follow(event.currentTarget)}
          onSelect={(event) => follow(event.currentTarget)}
          onKeyUp={(event) => follow(event.currentTarget)}
          onBlur={(event) => follow(event.currentTarget)}
          className={css["input"]}
        />
        <span className={css["seen"]} aria-hidden>
          <span ref={seen} className={css["text"]}>
            {value.slice(0, marked.start)}
            {marked.end > marked.start ? (
              <span className={css["hash"]}>{value.slice(marked.start, marked.end)}</span>
            ) : null}
            {value.slice(marked.end)}
          </span>
        </span>
        {value !== "" ? (
          <span className={css["clear"]}>
            <IconButton
              label={t("which.clear")}
              look="tiny"
              icon={<X aria-hidden />}
              onPress={() => {
                onChange("");
                input.current?.focus();
              }}
            />
          </span>
        ) : null}
      </div>
    </div>
  );
}
