import { t } from "../../i18n";
import type { ScopeNeed } from "../../ipc";
import { levelWord } from "../../lib/levels";
import { scopeWord } from "../../lib/scopes";
import type { PanelLayout } from "./ScopesPicture";

/** The list of scopes as text. */
export function scopeList(scopes: readonly ScopeNeed[]): string {
  return scopes.map(({ scope, level }) => t("owner.scope", { label: scopeWord(scope), level: levelWord(level) })).join("\n");
}

/** A message to whoever may create API accounts in the store, by their control panel's layout. It holds no secret. */
export function ownerMessage(scopes: readonly ScopeNeed[], hash: string | null, layout: PanelLayout): string {
  return [
    t("owner.subject"),
    ...(hash ? [t("owner.hash", { hash })] : []),
    "",
    t(layout === "new" ? "owner.where" : "owner.where.old"),
    t(layout === "new" ? "owner.type" : "owner.type.old"),
    t("owner.scopes"),
    scopeList(scopes),
    "",
    t("owner.then"),
  ].join("\n");
}
