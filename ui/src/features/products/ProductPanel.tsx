import { ChevronDown, ChevronUp, ExternalLink, Eye, EyeOff, RefreshCw, RotateCcw, X } from "lucide-react";
import { type KeyboardEvent, useMemo } from "react";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { MoreActions } from "../../components/MoreActions";
import { Notice } from "../../components/Notice";
import { Panel } from "../../components/Panel";
import { Trouble } from "../../components/Trouble";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { type ProductDetail, type Store, useNeighbours, useRead, useWrite } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { shortDate } from "../../lib/dates";
import { factLine } from "../../lib/factLine";
import { lastFailure } from "../../lib/failure";
import { saidWords } from "../../lib/entries";
import { useGo } from "../../lib/go";
import { productName } from "../../lib/productName";
import { changedFields } from "./form/draft";
import { isOnItsWay, isRefused, productsOffBecause } from "./offBecause";
import { ProductFacts } from "./ProductFacts";
import { ProductHistory } from "./ProductHistory";
import css from "./ProductPanel.module.css";
import { showMany } from "./showMany";
import { useDraft } from "./useDraft";
import { useProductActions } from "./useProductActions";
import { valuesOf } from "./values";

/** Props of {@link ProductPanel}. */
export type ProductPanelProps = {
  /** The store. */
  store: Store;
  /** The product's number. */
  product: string;
  /** The list beside it. */
  view: string | null;
  /** How many rows that has. */
  count: number;
  /** Opens a neighbour. */
  onStep: (product: string, index: number) => void;
  /** Opens its form. */
  onEdit: () => void;
  /** Closes the panel. */
  onClose: () => void;
};

const facts = (detail: ProductDetail) =>
  factLine([
    detail.sku || t("product.noSku"),
    detail.hasVariants ? t("product.variants") : "",
    detail.modifiedAt ? t("product.changedAt", { when: shortDate(detail.modifiedAt, { inSentence: true }) }) : "",
  ]);

/** One product in full, and what can be done with it. */
export function ProductPanel({ store, product, view, count, onStep, onEdit, onClose }: ProductPanelProps) {
  const read = useRead("product", { store: store.key, product });
  const { previous, next } = useNeighbours("productRows", view, count, product);
  const changing = useChanging();
  const openPage = useWrite("openPage");
  const refresh = useWrite("refreshProduct");
  const failed = lastFailure(refresh, openPage);
  // What was read before stays at hand, but is no more what is in the store.
  const detail = read.error?.code === "notFound" ? undefined : read.data;

  const values = useMemo(() => (detail ? valuesOf(detail) : null), [detail]);
  const currency = detail?.price.currency ?? store.currency;
  const { draft, sent } = useDraft(store.key, product, values, currency);
  const unsent = values && (sent === "not" || sent === "failed") ? changedFields(draft, values, currency).length : 0;

  const off = productsOffBecause(store);
  const pending = detail?.pending ?? [];
  const onItsWay = pending.filter(isOnItsWay).length;
  const last = detail?.history.find(({ canUndo, undoes }) => canUndo && undoes === null) ?? null;
  const changeVisibility = () => {
    if (detail) changing.propose(showMany(store.key, [product], !detail.isVisible));
  };
  const undo = () => {
    if (last) changing.undo(store.key, [last.entry]);
  };
  const visibilityOff =
    off ?? (pending.some((one) => one.field === "visible" && isOnItsWay(one)) ? t("product.off.pending") : null);
  const undoOff = off ?? (last === null ? t("product.undo.none") : null);

  useProductActions({
    store,
    product,
    detail,
    offBecause: off,
    visibilityOff,
    undoOff,
    onEdit,
    onVisibility: changeVisibility,
    onUndo: undo,
    onPrevious: previous ? () => onStep(previous.id, previous.index) : null,
    onNext: next ? () => onStep(next.id, next.index) : null,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };

  const go = useGo();
  const name = read.data ? productName(read.data) : product;
  const refused = pending.find(isRefused);
  const refusal = refused ? detail?.history.find(({ entry }) => entry === refused.entry) : undefined;
  const refusedFor = refusal ? saidWords(refusal.said) : "";
  return (
    <Panel
      label={t("product.panel", { name })}
      title={name}
      onKeyDown={onKeyDown}
      controls={
        <>
          <IconButton
            label={t("product.previous")}
            icon={<ChevronUp aria-hidden />}
            isDisabled={!previous}
            onPress={() => previous && onStep(previous.id, previous.index)}
          />
          <IconButton
            label={t("product.next")}
            icon={<ChevronDown aria-hidden />}
            isDisabled={!next}
            onPress={() => next && onStep(next.id, next.index)}
          />
          <IconButton label={t("product.close")} icon={<X aria-hidden />} onPress={onClose} />
        </>
      }
      facts={detail ? facts(detail) : null}
      note={off}
      actions={
        detail ? (
          <>
            <Button look="filled" onPress={onEdit}>
              {unsent > 0 ? t("product.edit.drafted", { n: unsent }) : t("product.edit")}
            </Button>
            {store.isSample ? null : (
              <Button
                icon={<ExternalLink aria-hidden />}
                onPress={() => openPage.mutate({ store: store.key, page: "product", id: product })}
              >
                {t("product.open")}
              </Button>
            )}
            <MoreActions
              groups={[
                {
                  id: "change",
                  choices: [
                    {
                      id: "visibility",
                      label: t(detail.isVisible ? "product.hide" : "product.show"),
                      icon: detail.isVisible ? <EyeOff aria-hidden /> : <Eye aria-hidden />,
                      offBecause: visibilityOff,
                      moreBelow: visibilityOff !== null,
                      onChoose: changeVisibility,
                    },
                    {
                      id: "undo",
                      label: t("product.undo"),
                      icon: <RotateCcw aria-hidden />,
                      offBecause: undoOff,
                      moreBelow: undoOff !== null,
                      onChoose: undo,
                    },
                  ],
                },
                {
                  id: "more",
                  choices: [
                    {
                      id: "refresh",
                      label: t("product.refresh"),
                      icon: <RefreshCw aria-hidden />,
                      onChoose: () => refresh.mutate({ store: store.key, product }),
                    },
                  ],
                },
              ]}
            />
          </>
        ) : null
      }
      trouble={
        read.error && !detail ? (
          read.error.code === "notFound" ? (
            <Notice title={t("product.gone")}>{t("product.gone.more")}</Notice>
          ) : (
            <Trouble error={read.error} steps={["tryAgain"]} onStep={() => void read.refetch()} />
          )
        ) : failed ? (
          <Trouble error={failed} />
        ) : null
      }
    >
      {detail ? (
        <>
          {onItsWay > 0 || refused || unsent > 0 ? (
            <div className={css["notices"]}>
              {onItsWay > 0 ? <Notice title={t("product.pending", { n: onItsWay })} /> : null}
              {refused?.state === "conflict" ? (
                <Notice gravity="bad" title={t("product.conflict")}>
                  {t("product.conflict.more")}
                </Notice>
              ) : refused ? (
                <Notice
                  gravity="bad"
                  title={t("product.refused")}
                  action={
                    <TextButton onPress={() => go.activity(store.key, { open: refused.entry })}>
                      {t("form.onItsWay.show")}
                    </TextButton>
                  }
                >
                  {refusedFor}
                </Notice>
              ) : null}
              {unsent > 0 ? (
                <Notice gravity="warn" title={t("product.drafted", { n: unsent })}>
                  {t("product.drafted.more")}
                </Notice>
              ) : null}
            </div>
          ) : null}
          <ProductFacts store={store} detail={detail} />
          <ProductHistory store={store} detail={detail} />
        </>
      ) : null}
    </Panel>
  );
}
