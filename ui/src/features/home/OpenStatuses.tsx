import { Section } from "../../components/Section";
import { StatusWord } from "../../components/StatusWord";
import { t } from "../../i18n";
import type { HomeNumbers } from "../../ipc";
import { count } from "../../lib/counts";
import { useGo } from "../../lib/go";
import { byWork, isOpen } from "../../lib/statuses";
import { statusName } from "../../lib/statusName";
import css from "./Lines.module.css";
import { ToList } from "./ToList";

/** Props of {@link OpenStatuses}. */
export type OpenStatusesProps = {
  /** The store's key. */
  store: string;
  /** What to show. */
  numbers: HomeNumbers;
};

/** Orders that are not over, by the store's own statuses: what there is to do first. */
export function OpenStatuses({ store, numbers }: OpenStatusesProps) {
  const go = useGo();
  const { statuses } = numbers;
  const open = byWork(statuses).filter((status) => isOpen(status.statusId) && status.count > 0);
  const most = Math.max(1, ...open.map((status) => status.count));
  return (
    <Section
      level={2}
      title={t("home.statuses")}
      end={
        <ToList look="words" onPress={() => go.orders(store, { status: "all" })}>
          {t("home.statuses.all")}
        </ToList>
      }
    >
      {open.length === 0 ? <p className={css["none"]}>{t("home.statuses.none")}</p> : null}
      <ul className={css["lines"]}>
        {open.map((status) => {
          const label = statusName(status, statuses);
          return (
            <li key={status.statusId}>
              <ToList
                look="row"
                onPress={() => go.orders(store, { status: String(status.statusId) })}
              >
                <span className={css["status"]}>
                  <StatusWord statusId={status.statusId} label={label} />
                </span>
                <span className={css["track"]}>
                  <span className={css["share"]} style={{ width: `${(status.count / most) * 100}%` }} />
                </span>
                <span className={css["number"]} aria-hidden>
                  {count(status.count)}
                </span>
                <span className={css["hiddenWord"]}>{t("home.orders", { n: status.count })}</span>
              </ToList>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
