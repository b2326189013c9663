import { useSearch } from "@tanstack/react-router";
import { ArrowLeft, ExternalLink, RefreshCw } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../../../components/Button";
import { IconButton } from "../../../components/IconButton";
import { Keys } from "../../../components/Keys";
import { Mark } from "../../../components/Mark";
import { MoreActions } from "../../../components/MoreActions";
import { Modal } from "../../../components/Modal";
import { Notice } from "../../../components/Notice";
import { Picture } from "../../../components/Picture";
import { TextButton } from "../../../components/TextButton";
import { Trouble } from "../../../components/Trouble";
import { t } from "../../../i18n";
import { type Plan, type ProductDetail, type Store, pictureFor, useWrite } from "../../../ipc";
import { useChanging } from "../../../lib/changing";
import { shortDate } from "../../../lib/dates";
import { entryState, saidWords } from "../../../lib/entries";
import { factLine } from "../../../lib/factLine";
import { type ProductsPlace, useGo } from "../../../lib/go";
import { productName } from "../../../lib/productName";
import { ariaKeys, shownKeys } from "../../../lib/shortcuts";
import { troubleWords } from "../../../lib/trouble";
import { isOnItsWay, productsOffBecause } from "../offBecause";
import { noValues } from "../showMany";
import type { KeptDraft } from "../useDraft";
import { fieldId } from "./binding";
import { wantedValues } from "./draft";
import { BasicFields, DescriptionFields, InventoryFields, PricingFields, WeightFields } from "./FormFields";
import css from "./ProductForm.module.css";
import { SectionList, SectionMenu } from "./SectionList";
import { type SectionId, sectionId, sections } from "./sections";
import { useFormOffer } from "./useFormOffer";
import { type Taken, useProductForm } from "./useProductForm";
import type { FieldName, Values } from "./values";

/** Props of {@link ProductFormView}. */
export type ProductFormViewProps = {
  /** The store. */
  store: Store;
  /** The product's number; `null` for a new one. */
  product: string | null;
  /** The product; `null` for a new one. */
  detail: ProductDetail | null;
  /** Its values in the store. */
  values: Values;
  /** ISO 4217 code of its amounts. */
  currency: string;
  /** What was typed. */
  kept: KeptDraft;
};

const pendingNames: Partial<Record<string, FieldName>> = {
  name: "name",
  sku: "sku",
  price: "price",
  costPrice: "costPrice",
  salePrice: "salePrice",
  weight: "weight",
  visible: "isVisible",
  description: "description",
  inventoryTracking: "inventoryTracking",
  inventoryLevel: "inventoryLevel",
};

/** What a plan leaves out because another product has it. */
function takenIn(plan: Plan, values: Partial<Values>): Taken | null {
  const because = (reason: string) => plan.leftOut.some((one) => one.because === reason);
  if (because("nameTaken") && values.name !== undefined) return { name: values.name };
  if (because("skuTaken") && values.sku !== undefined) return { sku: values.sku };
  return null;
}

function focusField(name: FieldName): void {
  // After the mistakes have been drawn, so that a screen reader says them with the field.
  setTimeout(() => document.getElementById(fieldId(name))?.focus(), 0);
}

/** A product's form: its sections, and the bar that sums up what is changed. */
export function ProductFormView({ store, product, detail, values, currency, kept }: ProductFormViewProps) {
  const go = useGo();
  const list = useSearch({ strict: false }) as ProductsPlace;
  const changing = useChanging();
  const isNew = product === null;
  const form = useProductForm(kept, values, currency, isNew);
  const openPage = useWrite("openPage");
  const refresh = useWrite("refreshProduct");
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<SectionId>("basic");
  const [asking, setAsking] = useState(false);
  const [mistakes, setMistakes] = useState(false);

  const storeOff = productsOffBecause(store);
  const onItsWay = isNew && kept.sent === "onItsWay";
  const pending = new Set((detail?.pending ?? []).filter(isOnItsWay).map(({ field }) => pendingNames[field]));
  const offBecause = (name: FieldName): string | null =>
    storeOff ?? (onItsWay ? t("form.onItsWay") : pending.has(name) ? t("form.off.pending") : null);

  const n = form.changed.length;
  const reviewOff =
    storeOff ?? (onItsWay ? t("form.onItsWay") : n === 0 ? t(isNew ? "form.needs" : "form.nothing") : null);

  const back = () => go.products(store.key, product === null ? list : { ...list, open: product });

  const review = () => {
    if (reviewOff !== null || changing.busy) return;
    const first = form.checkAll();
    setMistakes(first !== null);
    if (first !== null) {
      focusField(first);
      return;
    }
    const wanted = wantedValues(kept.draft, values, currency);
    if (wanted === null) return;
    kept.flush();
    const said = { ...noValues, ...wanted };
    changing.propose(
      {
        store: store.key,
        wanted: isNew
          ? { kind: "newProduct", values: said }
          : { kind: "products", changes: [{ product, values: said }] },
      },
      (entries) => {
        // What was typed stays until the store has it: a refusal must not cost anybody their text.
        kept.set({ ...kept.draft, sent: entries[0] ?? null });
        kept.flush();
        const { open: _open, ...rest } = list;
        go.products(store.key, isNew ? { ...rest, made: entries[0] ?? "" } : { ...rest, open: product });
      },
      (plan) => {
        const taken = takenIn(plan, wanted);
        if (taken === null) return false;
        form.setTaken(taken);
        setMistakes(true);
        focusField(taken.name === undefined ? "sku" : "name");
        return true;
      },
      true,
    );
  };

  const goTo = (id: SectionId) => {
    document.getElementById(sectionId(id))?.scrollIntoView({ block: "start" });
    setCurrent(id);
    const name = sections.find((section) => section.id === id)?.fields.find((field) => document.getElementById(fieldId(field)));
    if (name) document.getElementById(fieldId(name))?.focus({ preventScroll: true });
  };

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    const edge = box.getBoundingClientRect().top + 96;
    const atEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 2;
    const above = sections.filter(({ id }) => {
      const top = document.getElementById(sectionId(id))?.getBoundingClientRect().top;
      return top !== undefined && top <= edge;
    });
    const seen = atEnd ? sections.at(-1) : above.at(-1);
    if (seen && seen.id !== current) setCurrent(seen.id);
  };

  const readAgain = detail ? () => refresh.mutate({ store: store.key, product: detail.id }) : null;
  // The sample store has no control panel.
  const openIt =
    detail && !store.isSample ? () => openPage.mutate({ store: store.key, page: "product", id: detail.id }) : null;
  const showSent = () => go.activity(store.key, { open: kept.draft.sent ?? "" });
  useFormOffer({
    form,
    isNew,
    offBecause,
    reviewOff,
    onReview: review,
    onDiscard: () => setAsking(true),
    onBack: back,
    onRefresh: readAgain,
    onOpenPage: openIt,
    onShowSent: onItsWay ? showSent : null,
    onSection: goTo,
  });

  const fields = { form, isNew, hasVariants: detail?.hasVariants ?? false, weightUnit: store.weightUnit, offBecause };
  const name = String(form.field("name").typed);
  const isVisible = values.isVisible;

  return (
    <main className={css["screen"]} aria-label={t("form.label")} tabIndex={-1} data-keeps-focus>
      <header className={css["head"]}>
        <IconButton label={t("form.back")} icon={<ArrowLeft aria-hidden />} onPress={back} />
        {detail ? (
          <Picture address={pictureFor(store.key, detail.id, detail.picture, 32)} name={productName(detail)} size={32} />
        ) : null}
        <div className={css["titles"]}>
          <h1 className={css["title"]}>{detail ? productName(detail) : name.trim() || t("form.new")}</h1>
          <p className={css["facts"]}>
            {detail
              ? factLine([
                  detail.sku || t("product.noSku"),
                  detail.hasVariants ? t("product.variants") : "",
                  detail.modifiedAt
                    ? t("product.changedAt", { when: shortDate(detail.modifiedAt, { inSentence: true }) })
                    : "",
                ])
              : t("form.new.facts")}
          </p>
        </div>
        <SectionMenu form={form} current={current} onGo={goTo} />
        {readAgain ? (
          <>
            <p className={css["visible"]}>
              {isVisible ? <Mark shape="full" kind="ok" /> : <Mark shape="barred" kind="idle" />}
              {t(isVisible ? "product.visible" : "product.isHidden")}
            </p>
            {openIt ? (
              <Button icon={<ExternalLink aria-hidden />} onPress={openIt}>
                {t("product.open")}
              </Button>
            ) : null}
            <MoreActions
              groups={[
                {
                  id: "more",
                  choices: [
                    {
                      id: "refresh",
                      label: t("product.refresh"),
                      icon: <RefreshCw aria-hidden />,
                      onChoose: readAgain,
                    },
                  ],
                },
              ]}
            />
          </>
        ) : null}
      </header>
      <div className={css["middle"]}>
        <SectionList form={form} current={current} onGo={goTo} />
        <div className={css["scroller"]} ref={scroller} onScroll={onScroll}>
          <div className={css["form"]}>
            {storeOff ? <Notice title={storeOff} /> : null}
            {refresh.error ? <Trouble error={refresh.error} /> : null}
            {openPage.error ? <Trouble error={openPage.error} /> : null}
            {onItsWay ? (
              <Notice
                title={t("form.onItsWay")}
                action={
                  <TextButton onPress={showSent}>{t("form.onItsWay.show")}</TextButton>
                }
              >
                {t("form.onItsWay.more")}
              </Notice>
            ) : null}
            {kept.sent === "failed" && kept.row?.state === "conflict" ? (
              <Notice gravity="bad" title={t("form.conflict")}>
                {t("form.conflict.more")}
              </Notice>
            ) : kept.sent === "failed" && kept.row ? (
              <Notice gravity="bad" title={t("form.refused")}>
                {[saidWords(kept.row.said) || entryState(kept.row), t("form.refused.more")].join(" ")}
              </Notice>
            ) : null}
            {sections.map(({ id }) => (
              <section key={id} id={sectionId(id)} aria-labelledby={`${sectionId(id)}-title`} className={css["section"]}>
                <h2 id={`${sectionId(id)}-title`} className={css["heading"]}>
                  {t(`form.section.${id}`)}
                </h2>
                {id === "basic" ? <BasicFields {...fields} /> : null}
                {id === "description" ? <DescriptionFields {...fields} /> : null}
                {id === "pricing" ? <PricingFields {...fields} /> : null}
                {id === "inventory" ? <InventoryFields {...fields} /> : null}
                {id === "weight" ? <WeightFields {...fields} /> : null}
              </section>
            ))}
          </div>
        </div>
      </div>
      <div className={css["bar"]} role="region" aria-label={t("form.bar")}>
        {n > 0 ? <span className={css["square"]} aria-hidden /> : null}
        <span className={css["count"]}>{t(isNew ? "form.filled" : "form.changes", { n })}</span>
        <span className={css["kept"]} role="status">
          {mistakes && form.problems.length > 0 ? (
            <span className={css["mistakes"]}>{t("form.review.mistakes", { n: form.problems.length })}</span>
          ) : kept.notKept ? (
            <span className={css["mistakes"]}>{t("form.notKept", { cause: troubleWords(kept.notKept).cause })}</span>
          ) : n > 0 ? (
            t("form.kept")
          ) : (
            (reviewOff ?? "")
          )}
        </span>
        <Button look="quiet" size="tall" onPress={() => setAsking(true)} offBecause={n === 0 ? t("form.untouched") : null}>
          {t("form.discard")}
        </Button>
        <Button
          look="filled"
          size="tall"
          onPress={review}
          isDisabled={changing.busy}
          offBecause={reviewOff}
          aria-keyshortcuts={ariaKeys("review")}
          shortcut={<Keys keys={shownKeys("review")} />}
        >
          {isNew ? t("form.review.new") : t("form.review", { n })}
        </Button>
      </div>
      {asking ? (
        <Modal
          title={t("form.discard.title", { n })}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button look="quiet" size="tall" onPress={() => setAsking(false)}>
                {t("common.cancel")}
              </Button>
              <Button
                look="danger"
                size="tall"
                onPress={() => {
                  setAsking(false);
                  setMistakes(false);
                  form.discard();
                }}
              >
                {t("form.discard.do", { n })}
              </Button>
            </>
          }
        >
          {t("form.discard.more")}
        </Modal>
      ) : null}
    </main>
  );
}
