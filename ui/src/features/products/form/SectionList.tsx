import { ListTree } from "lucide-react";
import { Badge } from "../../../components/Badge";
import { Button } from "../../../components/Button";
import { Menu } from "../../../components/Menu";
import { t } from "../../../i18n";
import { classes } from "../../../lib/classes";
import { count } from "../../../lib/counts";
import css from "./SectionList.module.css";
import { type SectionId, sections } from "./sections";
import type { ProductForm } from "./useProductForm";

/** Props of {@link SectionList}. */
export type SectionListProps = {
  /** The form. */
  form: ProductForm;
  /** The section in sight. */
  current: SectionId;
  /** Goes to another. */
  onGo: (section: SectionId) => void;
};

/** How many fields of a section are changed, and how many show a mistake. */
function tallies(form: ProductForm, id: SectionId) {
  const fields = sections.find((section) => section.id === id)?.fields ?? [];
  return {
    changes: fields.filter((name) => form.changed.includes(name)).length,
    problems: fields.filter((name) => form.field(name).problem !== null).length,
  };
}

/** What is wrong comes first: as long as something is, how much is changed can wait. */
function Tally({ form, id }: { form: ProductForm; id: SectionId }) {
  const { changes, problems } = tallies(form, id);
  if (problems > 0) {
    return (
      <span className={css["bad"]}>
        <Badge label={t("form.section.problems", { n: problems })}>{count(problems)}</Badge>
      </span>
    );
  }
  return changes > 0 ? (
    <span className={css["edited"]}>
      <Badge label={t("form.section.changes", { n: changes })}>{count(changes)}</Badge>
    </span>
  ) : null;
}

/** The form's sections with how much is changed in each; a click goes there. */
export function SectionList({ form, current, onGo }: SectionListProps) {
  return (
    <nav aria-label={t("form.sections")} className={css["list"]}>
      {sections.map(({ id }) => (
        <button
          key={id}
          type="button"
          aria-current={id === current ? "true" : undefined}
          className={classes(css["item"], id === current && css["here"])}
          onClick={() => onGo(id)}
        >
          <span className={css["name"]}>{t(`form.section.${id}`)}</span>
          <Tally form={form} id={id} />
        </button>
      ))}
    </nav>
  );
}

/** The same as a button, for a narrow window. */
export function SectionMenu({ form, current, onGo }: SectionListProps) {
  return (
    <span className={css["menu"]}>
      <Menu
        label={t("form.sections")}
        placement="bottom end"
        trigger={<Button icon={<ListTree aria-hidden />}>{t("form.sections")}</Button>}
        groups={[
          {
            id: "sections",
            choices: sections.map(({ id }) => ({
              id,
              label: t(`form.section.${id}`),
              end: <Tally form={form} id={id} />,
              current: id === current,
              onChoose: () => onGo(id),
            })),
          },
        ]}
      />
    </span>
  );
}
