import { t } from "../../i18n";
import type { ScopeNeed } from "../../ipc";

/** A scope's level in the control panel's word. */
export function levelWord(modify: boolean): string {
  return t(modify ? "trouble.level.modify" : "trouble.level.readOnly");
}

/** The list of scopes as text. */
export function scopeList(scopes: readonly ScopeNeed[]): string {
  return scopes.map(({ label, modify }) => t("owner.scope", { label, level: levelWord(modify) })).join("\n");
}

/** A message to whoever may create API accounts in the store. It holds no secret. */
export function ownerMessage(scopes: readonly ScopeNeed[], hash: string | null): string {
  return [
    t("owner.subject"),
    ...(hash ? [t("owner.hash", { hash })] : []),
    "",
    t("owner.where"),
    t("owner.type"),
    t("owner.scopes"),
    scopeList(scopes),
    "",
    t("owner.then"),
  ].join("\n");
}
