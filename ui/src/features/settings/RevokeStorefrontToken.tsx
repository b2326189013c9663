import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { Modal } from "../../components/Modal";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type Store, type StorefrontToken, type StorefrontWhich, useWrite } from "../../ipc";
import css from "./Settings.module.css";

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
  return (
    <Modal
      title={t("storefront.revoke.title")}
      onClose={() => {
        if (!revoke.isPending) onClose();
      }}
      footer={
        <>
          <Button look="quiet" isDisabled={revoke.isPending} onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            look="danger"
            isPending={revoke.isPending}
            icon={revoke.isPending ? <BusySign /> : null}
            onPress={() => revoke.mutate({ store: store.key, which, onlyForget: false }, { onSuccess: onClose })}
          >
            {t(revoke.isPending ? "storefront.revoke.doing" : "storefront.revoke.do")}
          </Button>
        </>
      }
    >
      {t("storefront.revoke.body", { last4: token.last4 })}
      {revoke.error ? (
        <div className={css["trouble"]}>
          <Trouble error={revoke.error} />
        </div>
      ) : null}
    </Modal>
  );
}
