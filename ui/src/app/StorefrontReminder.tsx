import { CalendarClock } from "lucide-react";
import { Button } from "../components/Button";
import { t } from "../i18n";
import { type Store, useRemembered, useStorefrontTokens } from "../ipc";
import { classes } from "../lib/classes";
import { shortDate } from "../lib/dates";
import { useGo } from "../lib/go";
import { useNow } from "../lib/now";
import css from "./TroubleBanner.module.css";

/** Props of {@link StorefrontReminder}. */
export type StorefrontReminderProps = {
  /** The store that is open. */
  store: Store;
};

const asText = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Some days before the token for the storefront ends, and once it has: says so, until it is put off for the day. */
export function StorefrontReminder({ store }: StorefrontReminderProps) {
  const go = useGo();
  const now = useNow(60_000);
  const { current } = useStorefrontTokens(store.key);
  const [putOff, putOffTo, { known }] = useRemembered(store.key, "storefront-reminder", asText, "");
  if (!current || !known || current.isGone || new Date(current.remindAt) > now) return null;
  const today = now.toDateString();
  if (putOff === today) return null;
  const isOver = new Date(current.expiresAt) <= now;
  return (
    <div className={classes(css["banner"], css[isOver ? "warn" : "quiet"])} role="status">
      <CalendarClock aria-hidden />
      <p className={css["words"]}>
        <strong>{t(isOver ? "storefront.remind.over" : "storefront.remind", { day: shortDate(current.expiresAt) })}</strong>{" "}
        {t("storefront.remind.more")}
      </p>
      <Button onPress={() => go.settings(store.key, { ask: "storefront" })}>{t("storefront.remind.do")}</Button>
      <Button look="quiet" onPress={() => putOffTo(today)}>
        {t("storefront.remind.later")}
      </Button>
    </div>
  );
}
