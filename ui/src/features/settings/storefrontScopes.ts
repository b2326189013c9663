import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { levelWord } from "../../lib/levels";

/** The scopes that the access token needs for the storefront, in words; empty until they are known. */
export function useStorefrontScopes(): string {
  const scopes = useRead("presets", undefined).data?.storefront ?? [];
  return scopes.map(({ label, level }) => t("settings.token.scope", { label, level: levelWord(level) })).join(", ");
}
