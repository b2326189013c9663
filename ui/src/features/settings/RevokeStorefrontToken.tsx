import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { KeychainWait } from "../../components/KeychainWait";
import { Modal } from "../../components/Modal";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type Store, type StorefrontToken, type StorefrontWhich, useWrite } from "../../ipc";
import { useTellTrouble } from "../../lib/telling";
import css from "./Settings.module.css";
import { useKeychainWait } from "./useKeychainWait";

/** Props of {@link RevokeStorefrontToken}. */
export type RevokeStorefrontTokenProps = {
  /** The store. */
  store: Store;
  /** The token. */
  token: StorefrontToken;
  /** Which of the two it is. */
  which: StorefrontWhich;
  /** Closes it, whether it was revoked or not. */
  onClose: () => void;
};

/** Asks before a token is revoked. */
export function RevokeStorefrontToken({ store, token, which, onClose }: RevokeStorefrontTokenProps) {
  const revoke = useWrite("revokeStorefrontToken");
  const cancelUnlock = useWrite("cancelUnlock", { onError: useTellTrouble() });
  const waits = useKeychainWait(store.key, revoke.isPending, token.entry !== "");
  const stop = () => (revoke.isPending ? cancelUnlock.mutate({ store: store.key }) : onClose());
  const go = () =>
    revoke.mutate(
      { store: store.key, which, onlyForget: false },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (error.code === "cancelled") onClose();
        },
      },
    );
  return (
    <Modal
      title={t("storefront.revoke.title")}
      onClose={stop}
      footer={
        <>
          <Button look="quiet" onPress={stop}>
            {t("common.cancel")}
          </Button>
          <Button
            look="danger"
            isPending={revoke.isPending}
            icon={revoke.isPending ? <BusySign /> : null}
            onPress={go}
          >
            {t(revoke.isPending ? "storefront.revoke.doing" : "storefront.revoke.do")}
          </Button>
        </>
      }
    >
      {t("storefront.revoke.body", { last4: token.last4 })}
      {waits !== "no" ? (
        <div className={css["trouble"]}>
          <KeychainWait isNew={waits === "new"} />
        </div>
      ) : revoke.error && revoke.error.code !== "cancelled" ? (
        <div className={css["trouble"]}>
          <Trouble error={revoke.error} />
        </div>
      ) : null}
    </Modal>
  );
}
