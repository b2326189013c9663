import { BulkBar } from "../../components/BulkBar";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { Menu } from "../../components/Menu";
import { t } from "../../i18n";
import { type OrderRow, type Store, type Ticked, useRead } from "../../ipc";
import { useChanging } from "../../lib/changing";
import { addUp, moneySum } from "../../lib/money";
import { changeStatuses } from "./changeStatuses";
import { ordersOffBecause } from "./offBecause";
import css from "./OrdersBulkBar.module.css";
import { statusMenu } from "./statusMenu";

/** Props of {@link OrdersBulkBar}. */
export type OrdersBulkBarProps = {
  /** The store. */
  store: Store;
  /** What is ticked. */
  ticked: Ticked<OrderRow>;
  /** Rows in all. */
  count: number;
  /** The list of statuses is open. */
  choosing: boolean;
  /** Told when it opens or closes. */
  onChoosing: (open: boolean) => void;
};

/** What can be done to all ticked orders at once. */
export function OrdersBulkBar({ store, ticked, count, choosing, onChoosing }: OrdersBulkBarProps) {
  const statuses = useRead("statuses", { store: store.key }).data?.statuses ?? [];
  const changing = useChanging();
  const off = ordersOffBecause(store);
  const change = (statusId: number) =>
    changing.propose(changeStatuses(store.key, ticked.ids, statusId), ticked.clear);

  return (
    <BulkBar
      label={t("orders.bulk.label")}
      all={ticked.all}
      what={ticked.reading ? t("orders.bulk.reading") : t("orders.bulk.of", { n: ticked.count, all: count })}
      sum={moneySum(addUp(ticked.rows.map(({ total }) => total)))}
    >
      {off ? <span className={css["off"]}>{off}</span> : null}
      <Menu
        label={t("order.changeTo")}
        placement="top end"
        isOpen={choosing}
        onOpenChange={onChoosing}
        trigger={
          <Button look="filled" size="tall" isDisabled={changing.busy || ticked.reading} offBecause={off}>
            {t("orders.bulk.change")}
          </Button>
        }
        groups={statusMenu(statuses, null, change)}
      />
      <Button look="quiet" size="tall" onPress={ticked.clear} shortcut={<Keys keys={[t("key.esc")]} />}>
        {t("orders.bulk.clear")}
      </Button>
    </BulkBar>
  );
}
