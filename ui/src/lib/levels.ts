import { t } from "../i18n";
import type { ScopeLevel } from "../ipc/bindings";

/** A scope's level in the control panel's word. */
export function levelWord(level: ScopeLevel): string {
  return t(`trouble.level.${level}`);
}
