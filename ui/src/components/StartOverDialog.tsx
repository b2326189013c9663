import { t } from "../i18n";
import type { AppError } from "../ipc/bindings";
import { BusySign } from "./BusySign";
import { Button } from "./Button";
import { Modal } from "./Modal";
import css from "./StartOverDialog.module.css";
import { Trouble } from "./Trouble";

/** Props of {@link StartOverDialog}. */
export type StartOverDialogProps = {
  /** It is being put back. */
  busy: boolean;
  /** Why it was not put back. */
  error: AppError | null;
  /** Puts it back. */
  onStart: () => void;
  /** Closes it. */
  onClose: () => void;
};

/** Asks whether the sample store is to be put back to how it was. */
export function StartOverDialog({ busy, error, onStart, onClose }: StartOverDialogProps) {
  return (
    <Modal
      title={t("settings.sample.ask")}
      onClose={() => {
        if (!busy) onClose();
      }}
      footer={
        <>
          <Button look="quiet" isDisabled={busy} onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look="danger" isPending={busy} icon={busy ? <BusySign /> : null} onPress={onStart}>
            {t(busy ? "settings.sample.doing" : "settings.sample.do")}
          </Button>
        </>
      }
    >
      {t("settings.sample.ask.more")}
      {error ? (
        <div className={css["trouble"]}>
          <Trouble error={error} />
        </div>
      ) : null}
    </Modal>
  );
}
