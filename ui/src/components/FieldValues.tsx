import { useState } from "react";
import { t } from "../i18n";
import type { FieldChange } from "../ipc/bindings";
import { isLongText } from "../lib/compareTexts";
import { valueText } from "../lib/values";
import { BeforeAfter } from "./BeforeAfter";
import css from "./FieldValues.module.css";
import { TextButton } from "./TextButton";
import { TextComparison } from "./TextComparison";

/** Characters of a text that stands alone, until somebody wants all of it. */
const shownAtFirst = 400;

/** A field's value before and after: in a line, or side by side where they are long; one alone where there is but one. */
export function FieldValues({ field, before, after }: FieldChange) {
  const [old, now] = [valueText(field, before), valueText(field, after)];
  if (before === null || after === null) return <Alone text={now || old} />;
  return before.kind === "text" && (isLongText(old) || isLongText(now)) ? (
    <TextComparison label={t(`preview.field.${field}`)} before={old} after={now} />
  ) : (
    <BeforeAfter before={old} after={now} />
  );
}

function Alone({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  if (text === "") return t("common.empty");
  if (all || text.length <= shownAtFirst) return <span className={css["text"]}>{text}</span>;
  return (
    <>
      <span className={css["text"]}>{`${text.slice(0, shownAtFirst)}…`}</span>{" "}
      <TextButton size="small" onPress={() => setAll(true)}>
        {t("compare.showAll")}
      </TextButton>
    </>
  );
}
