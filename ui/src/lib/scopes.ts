import { t } from "../i18n";
import type { ScopeName } from "../ipc/bindings";

/** A scope in the control panel's words. */
export function scopeWord(scope: ScopeName): string {
  return t(`scope.name.${scope}`);
}
