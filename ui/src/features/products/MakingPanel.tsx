import { History, Pencil, X } from "lucide-react";
import { type KeyboardEvent } from "react";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Notice } from "../../components/Notice";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { entryState, saidWords } from "../../lib/entries";
import { useGo } from "../../lib/go";

/** Props of {@link MakingPanel}. */
export type MakingPanelProps = {
  /** The store's key. */
  store: string;
  /** The change that makes the product. */
  entry: string;
  /** Opens the form, where what was typed still is. */
  onEdit: () => void;
  /** Closes the panel. */
  onClose: () => void;
};

/** Stands where a product will be once the store has made it. */
export function MakingPanel({ store, entry, onEdit, onClose }: MakingPanelProps) {
  const go = useGo();
  const read = useRead("activityEntry", { store, entry });
  const row = read.data?.row;
  const name = row?.name || t("form.new");
  const unanswered = row?.state === "unknown";
  const failed = row && (row.state === "refused" || row.state === "conflict" || row.state === "notApplied" || row.state === "unclear" || row.state === "dropped" || row.state === "leftAsItWas");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  useOffer("open", () => [
    ...(failed
      ? [
          {
            id: "making-edit",
            group: t("palette.thisProduct"),
            label: t("product.making.edit"),
            icon: <Pencil aria-hidden />,
            run: onEdit,
          },
        ]
      : []),
    {
      id: "making-activity",
      group: t("palette.thisProduct"),
      label: t("form.onItsWay.show"),
      icon: <History aria-hidden />,
      run: () => go.activity(store, { open: entry }),
    },
  ]);
  return (
    <Panel
      label={t("product.panel", { name })}
      title={name}
      onKeyDown={onKeyDown}
      controls={<IconButton label={t("product.close")} icon={<X aria-hidden />} onPress={onClose} />}
      actions={
        <>
          {failed ? (
            <Button look="filled" onPress={onEdit}>
              {t("product.making.edit")}
            </Button>
          ) : null}
          <Button onPress={() => go.activity(store, { open: entry })}>{t("form.onItsWay.show")}</Button>
          <span />
        </>
      }
      trouble={read.error && !row ? <Trouble error={read.error} /> : null}
    >
      <Section>
        {failed ? (
          <Notice gravity="bad" title={t("product.made.failed")}>
            {saidWords(row.said) || entryState(row)}
          </Notice>
        ) : (
          <Notice title={t(unanswered ? "product.making.unknown" : "product.making")}>
            {unanswered ? entryState(row) : t("product.making.more")}
          </Notice>
        )}
      </Section>
    </Panel>
  );
}
