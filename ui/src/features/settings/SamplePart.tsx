import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { Modal } from "../../components/Modal";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { useWrite } from "../../ipc";
import { useGo } from "../../lib/go";
import { Part } from "./Part";
import css from "./Settings.module.css";
import { useAsking } from "./useAsking";

/** Props of {@link SamplePart}. */
export type SamplePartProps = {
  /** The sample store's key. */
  store: string;
};

/** Puts the sample store back to how it was, and shows its orders. */
export function SamplePart({ store }: SamplePartProps) {
  const go = useGo();
  const reset = useWrite("resetSample");
  const [asking, setAsking] = useAsking(store, "reset");
  const { mutateAsync: askToReset } = reset;
  const start = async () => {
    try {
      // Not a callback of the write: the store is gone for a moment, and this part with it.
      await askToReset(undefined);
      go.orders(store);
    } catch {
      // The dialog says why.
    }
  };
  return (
    <Part title={t("settings.sample")} more={t("settings.sample.more")}>
      <Button onPress={() => setAsking(true)}>{t("settings.sample.reset")}</Button>
      {asking ? (
        <Modal
          title={t("settings.sample.ask")}
          onClose={() => {
            if (!reset.isPending) setAsking(false);
          }}
          footer={
            <>
              <Button look="quiet" isDisabled={reset.isPending} onPress={() => setAsking(false)}>
                {t("common.cancel")}
              </Button>
              <Button
                look="danger"
                isPending={reset.isPending}
                icon={reset.isPending ? <BusySign /> : null}
                onPress={() => void start()}
              >
                {t(reset.isPending ? "settings.sample.doing" : "settings.sample.do")}
              </Button>
            </>
          }
        >
          {t("settings.sample.ask.more")}
          {reset.error ? (
            <div className={css["trouble"]}>
              <Trouble error={reset.error} />
            </div>
          ) : null}
        </Modal>
      ) : null}
    </Part>
  );
}
