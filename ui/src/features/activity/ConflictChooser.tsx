import { CircleSlash, ListChecks } from "lucide-react";
import { Fragment, useState } from "react";
import { Button } from "../../components/Button";
import { RadioGroup } from "../../components/RadioGroup";
import { Section } from "../../components/Section";
import { TextComparison } from "../../components/TextComparison";
import { t } from "../../i18n";
import { type ActivityEntry, type Choice, type Field } from "../../ipc";
import { type Action, useOffer } from "../../lib/actions";
import { useChanging } from "../../lib/changing";
import { isLongText } from "../../lib/compareTexts";
import { entryWords, shortened } from "../../lib/entries";
import { valueText } from "../../lib/values";
import css from "./ConflictChooser.module.css";

/** Props of {@link ConflictChooser}. */
export type ConflictChooserProps = {
  /** The store's key. */
  store: string;
  /** The change that met somebody else's. */
  detail: ActivityEntry;
  /** Why nothing can be sent, if nothing can. */
  offBecause: string | null;
  /** Leaves what is in the store. The panel says so if it comes to nothing. */
  onKeep: () => void;
  /** Something is being done with the change. */
  busy: boolean;
};

/** Ours, theirs or the value from before, field by field; what was chosen goes through a preview like any change. */
export function ConflictChooser({ store, detail, offBecause, onKeep, busy }: ConflictChooserProps) {
  const changing = useChanging();
  const { row, found } = detail;
  const [chosen, setChosen] = useState<Partial<Record<Field, Choice>>>({});
  // What nobody else touched goes on as it was meant.
  const meets = ({ field, before }: (typeof row.fields)[number]) =>
    valueText(field, found.find((one) => one.field === field)?.value ?? null) !== valueText(field, before);
  const unchosen = (field: Field): Choice =>
    row.fields.some((one) => one.field === field && meets(one)) ? "theirs" : "ours";
  const choiceOf = (field: Field): Choice => chosen[field] ?? unchosen(field);
  const keepsAll = row.fields.every(({ field }) => choiceOf(field) === "theirs");
  const ref = { store, entry: row.entry };
  const preview = () =>
    changing.resolve({ ...ref, choices: row.fields.map(({ field }) => ({ field, choice: choiceOf(field) })) });
  useOffer("open", () => {
    const about = { group: t("palette.thisChange"), more: entryWords(row).what };
    const keeping: Action = {
      ...about,
      id: "choose-keep",
      label: t("activity.choose.keep"),
      icon: <CircleSlash aria-hidden />,
      run: onKeep,
    };
    const previewing: Action = {
      ...about,
      id: "choose-apply",
      label: t("activity.choose.apply"),
      icon: <ListChecks aria-hidden />,
      words: t("activity.choose"),
      offBecause: offBecause ?? (changing.busy ? t("palette.changeOnItsWay") : null),
      run: preview,
    };
    return [keepsAll ? keeping : previewing];
  });
  return (
    <Section title={t("activity.choose")}>
      <div className={css["fields"]}>
        {row.fields.map(({ field, before, after }) => {
          const now = found.find((one) => one.field === field)?.value ?? null;
          const [ours, theirs] = [valueText(field, after), valueText(field, now)];
          const isLong = after?.kind === "text" && (isLongText(ours) || isLongText(theirs));
          const words = (value: typeof now) => {
            const text = valueText(field, value);
            return (isLong ? shortened(text) : text) || t("common.empty");
          };
          return (
            <Fragment key={field}>
              <RadioGroup<Choice>
                label={t(`preview.field.${field}`)}
                value={choiceOf(field)}
                onChange={(choice) => setChosen((old) => ({ ...old, [field]: choice }))}
                choices={[
                  { value: "ours", label: words(after), more: t("activity.choose.ours") },
                  { value: "theirs", label: words(now), more: t("activity.choose.theirs") },
                  { value: "before", label: words(before), more: t("activity.choose.before") },
                ]}
              />
              {isLong ? (
                <TextComparison
                  label={t(`preview.field.${field}`)}
                  before={theirs}
                  after={ours}
                  heads={[t("activity.choose.theirs"), t("activity.choose.ours")]}
                />
              ) : null}
            </Fragment>
          );
        })}
      </div>
      <div className={css["end"]}>
        {keepsAll ? (
          <Button onPress={onKeep} isDisabled={busy}>
            {t("activity.choose.keep")}
          </Button>
        ) : (
          <Button look="filled" offBecause={offBecause} isDisabled={changing.busy} onPress={preview}>
            {t("activity.choose.apply")}
          </Button>
        )}
      </div>
    </Section>
  );
}
