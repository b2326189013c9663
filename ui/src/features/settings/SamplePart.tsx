import { Button } from "../../components/Button";
import { StartOverDialog } from "../../components/StartOverDialog";
import { t } from "../../i18n";
import { useWrite } from "../../ipc";
import { useGo } from "../../lib/go";
import { Part } from "./Part";
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
        <StartOverDialog
          busy={reset.isPending}
          error={reset.error}
          onStart={() => void start()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Part>
  );
}
