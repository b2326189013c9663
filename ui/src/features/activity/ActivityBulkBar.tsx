import { RotateCcw, RotateCw } from "lucide-react";
import { BulkBar } from "../../components/BulkBar";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { t } from "../../i18n";
import type { ActivityRow, Ticked } from "../../ipc";
import type { TickedActs } from "./useTickedActs";

/** Props of {@link ActivityBulkBar}. */
export type ActivityBulkBarProps = {
  /** What is ticked. */
  ticked: Ticked<ActivityRow>;
  /** What can be done with it. */
  acts: TickedActs;
  /** Rows in all. */
  count: number;
};

/** What can be done with all ticked changes at once. */
export function ActivityBulkBar({ ticked, acts, count }: ActivityBulkBarProps) {
  return (
    <BulkBar
      label={t("activity.bulk.label")}
      all={ticked.all}
      what={ticked.reading ? t("activity.bulk.reading") : t("activity.bulk.of", { n: ticked.count, all: count })}
    >
      <Button
        look={acts.mostFailed ? "filled" : "plain"}
        size="tall"
        icon={<RotateCw aria-hidden />}
        onPress={acts.retry}
        offBecause={acts.retryOff}
      >
        {t("activity.bulk.retry")}
      </Button>
      <Button
        look={acts.mostFailed ? "plain" : "filled"}
        size="tall"
        icon={<RotateCcw aria-hidden />}
        onPress={acts.undo}
        offBecause={acts.undoOff}
      >
        {t("activity.bulk.undo")}
      </Button>
      <Button look="quiet" size="tall" onPress={ticked.clear} shortcut={<Keys keys={[t("key.esc")]} />}>
        {t("activity.bulk.clear")}
      </Button>
    </BulkBar>
  );
}
