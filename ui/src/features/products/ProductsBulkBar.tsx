import { Eye, EyeOff } from "lucide-react";
import { BulkBar } from "../../components/BulkBar";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { t } from "../../i18n";
import type { ProductRow, Store, Ticked } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { productsOffBecause } from "./offBecause";
import css from "./ProductsBulkBar.module.css";
import { showMany } from "./showMany";

/** Props of {@link ProductsBulkBar}. */
export type ProductsBulkBarProps = {
  /** The store. */
  store: Store;
  /** What is ticked. */
  ticked: Ticked<ProductRow>;
  /** Rows in all. */
  count: number;
};

/** What can be done to all ticked products at once. */
export function ProductsBulkBar({ store, ticked, count }: ProductsBulkBarProps) {
  const changing = useChanging();
  const off = productsOffBecause(store);
  const set = (isVisible: boolean) => changing.propose(showMany(store.key, ticked.ids, isVisible), ticked.clear);
  // What most of them need comes first: those that are hidden are shown, and the other way round.
  const mostHidden = ticked.rows.filter(({ isVisible }) => !isVisible).length * 2 > ticked.count;
  const isOff = changing.busy || ticked.reading;
  return (
    <BulkBar
      label={t("products.bulk.label")}
      all={ticked.all}
      what={ticked.reading ? t("products.bulk.reading") : t("products.bulk.of", { n: ticked.count, all: count })}
    >
      {off ? <span className={css["off"]}>{off}</span> : null}
      <Button
        look={mostHidden ? "filled" : "plain"}
        size="tall"
        icon={<Eye aria-hidden />}
        onPress={() => set(true)}
        isDisabled={isOff}
        offBecause={off}
      >
        {t("products.bulk.show")}
      </Button>
      <Button
        look={mostHidden ? "plain" : "filled"}
        size="tall"
        icon={<EyeOff aria-hidden />}
        onPress={() => set(false)}
        isDisabled={isOff}
        offBecause={off}
      >
        {t("products.bulk.hide")}
      </Button>
      <Button look="quiet" size="tall" onPress={ticked.clear} shortcut={<Keys keys={[t("key.esc")]} />}>
        {t("products.bulk.clear")}
      </Button>
    </BulkBar>
  );
}
