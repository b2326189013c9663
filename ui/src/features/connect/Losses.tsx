import type { ReactNode } from "react";
import { Notice } from "../../components/Notice";
import { t } from "../../i18n";
import type { Doubt, Loss } from "../../ipc";
import { scopeWord } from "../../lib/scopes";

/** Props of {@link Losses}. */
export type LossesProps = {
  /** What the token in use can do, or may be able to do, and the new one may not. */
  losses: readonly Loss[];
  /** The last four characters of the token in use; may be empty. */
  last4: string;
  /** The button by which the new token is asked about; `null` if it must not be. */
  ask: ReactNode;
};

/** Whether it is the new token that nobody has asked about. */
export function isUnchecked(doubt: Doubt): boolean {
  return doubt === "newUnchecked" || doubt === "neitherChecked";
}

/** What replacing a token would take away: what is sure, what is likely, and what nobody knows. */
export function Losses({ losses, last4, ask }: LossesProps) {
  const lost = losses.filter(({ doubt }) => doubt === "lost");
  const perhaps = losses.filter(({ doubt }) => doubt === "oldUnproven");
  const unchecked = losses.filter(({ doubt }) => isUnchecked(doubt));
  const seen = unchecked.filter(({ doubt }) => doubt === "newUnchecked").length;
  const old = last4 || "none";
  return (
    <>
      {lost.length > 0 ? (
        <Notice gravity="warn" announce title={t("check.lost", { scopes: named(lost) })}>
          {t("check.lost.more", { n: lost.length, last4: old })}
        </Notice>
      ) : null}
      {perhaps.length > 0 ? (
        <Notice gravity="warn" announce title={t("check.lost.perhaps", { scopes: named(perhaps) })}>
          {t("check.lost.perhaps.more", { last4: old })}
        </Notice>
      ) : null}
      {unchecked.length > 0 ? (
        <Notice
          gravity={seen > 0 ? "warn" : "quiet"}
          announce
          title={t("check.lost.unchecked", { scopes: named(unchecked) })}
          action={ask}
        >
          {t("check.lost.unchecked.more", {
            last4: old,
            seen: seen === 0 ? "none" : seen === unchecked.length ? "all" : "some",
          })}
        </Notice>
      ) : null}
    </>
  );
}

function named(losses: readonly Loss[]): string {
  const words = losses.map(({ scope, onlyModify }) => {
    const label = scopeWord(scope);
    return onlyModify ? t("check.lost.modify", { label }) : label;
  });
  return words.join(", ");
}
