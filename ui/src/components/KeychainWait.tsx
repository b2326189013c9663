import { KeyRound } from "lucide-react";
import { t } from "../i18n";
import { Notice } from "./Notice";

/** Props of {@link KeychainWait}. */
export type KeychainWaitProps = {
  /** The keychain was never used, and has a password chosen for it. */
  isNew: boolean;
};

/** Says that nothing goes on before the keychain's own question is answered. */
export function KeychainWait({ isNew }: KeychainWaitProps) {
  return (
    <Notice title={t("token.waiting")} icon={<KeyRound aria-hidden />} announce>
      {t(isNew ? "token.waiting.new" : "token.waiting.more")}
    </Notice>
  );
}
