import { ArrowDown, ArrowLeft, Check, Copy, ExternalLink, History, ListChecks, PackagePlus, RefreshCw, Store, Undo2 } from "lucide-react";
import { t } from "../../../i18n";
import { type Action, useOffer } from "../../../lib/actions";
import { copy } from "../../../lib/copy";
import { type Tell, useTell } from "../../../lib/telling";
import { changedMark, fieldWords, takesTyping, storeWords } from "./binding";
import { type SectionId, sections } from "./sections";
import type { ProductForm } from "./useProductForm";
import { type FieldName, fieldNames } from "./values";

/** What the form can do for its actions. */
export type FormParts = {
  /** The form. */
  form: ProductForm;
  /** The product is not in the store yet. */
  isNew: boolean;
  /** Why a field can't be changed now. */
  offBecause: (name: FieldName) => string | null;
  /** Why there is nothing to review. */
  reviewOff: string | null;
  /** Shows what will be sent. */
  onReview: () => void;
  /** Asks whether to throw away what was typed. */
  onDiscard: () => void;
  /** Leaves the form. */
  onBack: () => void;
  /** Reads the product from the store again; `null` for a new one. */
  onRefresh: (() => void) | null;
  /** Opens it in the control panel; `null` where there is none. */
  onOpenPage: (() => void) | null;
  /** Shows what becomes of what was sent; `null` where nothing is on its way. */
  onShowSent: (() => void) | null;
  /** Goes to a section. */
  onSection: (section: SectionId) => void;
};

/** What can be done with the fields: to put one back, and to choose where somebody else has changed it as well. */
function fieldActions({ form, isNew, offBecause }: FormParts, tell: Tell): Action[] {
  const group = t("palette.thisProduct");
  const copying = (text: string) => () =>
    void copy(text).then((done) =>
      tell(done ? t("common.copiedNamed", { what: t("form.meanwhile.copied") }) : t("copy.failed")),
    );
  return fieldNames
    .filter((name) => takesTyping(form, name))
    .flatMap((name): Action[] => {
      const { meanwhile, store } = form.field(name);
      const mark = offBecause(name) === null ? changedMark(form, name, isNew) : null;
      const about = { group, more: fieldWords(name) };
      const undo: Action[] = mark
        ? [
            {
              ...about,
              id: `put-back-${name}`,
              label: t("common.wasNamed", { value: mark.was || t("common.empty") }),
              icon: <Undo2 aria-hidden />,
              run: mark.onUndo,
            },
          ]
        : [];
      if (!meanwhile) return undo;
      return [
        ...undo,
        {
          ...about,
          id: `take-${name}`,
          label: t("form.meanwhile.take"),
          icon: <Store aria-hidden />,
          run: () => form.takeBack(name),
        },
        {
          ...about,
          id: `stay-${name}`,
          label: t("form.meanwhile.keep"),
          icon: <Check aria-hidden />,
          run: () => form.stayWithMine(name),
        },
        ...(storeWords(form, name) === null
          ? [
              {
                ...about,
                id: `copy-${name}`,
                label: t("form.meanwhile.copy"),
                icon: <Copy aria-hidden />,
                run: copying(String(store)),
              },
            ]
          : []),
      ];
    });
}

/** Offers what can be done with the form of a product. */
export function useFormOffer(parts: FormParts): void {
  const { form, isNew, offBecause, reviewOff, onReview, onDiscard, onBack, onRefresh, onOpenPage, onShowSent, onSection } =
    parts;
  const tell = useTell();
  const n = form.changed.length;
  useOffer("open", () => {
    const group = t("palette.thisProduct");
    const refreshing = { id: "refresh-product", group, label: t("product.refresh"), icon: <RefreshCw aria-hidden /> };
    const opening = { id: "open-page", group, label: t("product.open"), icon: <ExternalLink aria-hidden /> };
    const showing = { id: "show-sent", group, label: t("form.onItsWay.show"), icon: <History aria-hidden /> };
    const counting = { id: "count-stock", group, label: t("form.level.start"), icon: <PackagePlus aria-hidden /> };
    const canCount = form.field("inventoryTracking").typed === "none" && offBecause("inventoryTracking") === null;
    return [
      {
        id: "review",
        group,
        label: isNew ? t("form.review.new") : t("form.review", { n }),
        icon: <ListChecks aria-hidden />,
        keys: "review",
        offBecause: reviewOff,
        run: onReview,
      },
      {
        id: "discard",
        group,
        label: t("form.discard"),
        icon: <Undo2 aria-hidden />,
        offBecause: n === 0 ? t("form.untouched") : null,
        run: onDiscard,
      },
      ...fieldActions(parts, tell),
      ...(canCount ? [{ ...counting, run: () => form.set("inventoryTracking", "product") }] : []),
      ...(onShowSent ? [{ ...showing, run: onShowSent }] : []),
      { id: "back", group, label: t("form.back"), icon: <ArrowLeft aria-hidden />, run: onBack },
      ...(onRefresh ? [{ ...refreshing, keys: "refreshOne" as const, run: onRefresh }] : []),
      ...(onOpenPage ? [{ ...opening, keys: "openPage" as const, run: onOpenPage }] : []),
      ...sections.map(({ id }) => ({
        id: `section-${id}`,
        group: t("palette.goTo"),
        label: t(`form.section.${id}`),
        icon: <ArrowDown aria-hidden />,
        run: () => onSection(id),
      })),
    ];
  });
}
