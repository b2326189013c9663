import { keepLineEnds, plainLines } from "../../lib/lines";
import { TextArea, type TextAreaProps } from "../TextArea";
import css from "./HtmlField.module.css";
import { HtmlPreview } from "./HtmlPreview";

/** Props of {@link HtmlField}. */
export type HtmlFieldProps = Pick<TextAreaProps, "label" | "hint" | "error" | "changed" | "isDisabled" | "onBlur"> & {
  /** HTML, to the byte. */
  value: string;
  /** Told every key: the whole text, with line ends as they were wherever nothing was typed. */
  onChange: (html: string) => void;
};

const lines = 8;
const mostLines = 20;

/** HTML as its source, and beside it what it looks like. */
export function HtmlField({ value, onChange, ...rest }: HtmlFieldProps) {
  return (
    <div className={css["sides"]}>
      <TextArea
        {...rest}
        code
        rows={lines}
        grows={mostLines}
        value={plainLines(value)}
        onChange={(typed) => onChange(keepLineEnds(value, typed))}
      />
      <HtmlPreview html={value} fills />
    </div>
  );
}
