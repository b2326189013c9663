import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { levelWord } from "../../lib/levels";
import { scopeWord } from "../../lib/scopes";

/** The scopes that the access token needs for the storefront, in words; empty until they are known. */
export function useStorefrontScopes(): string {
  const scopes = useRead("presets", undefined).data?.storefront ?? [];
  return scopes.map(({ scope, level }) => t("settings.token.scope", { label: scopeWord(scope), level: levelWord(level) })).join(", ");
}
