import { CalendarClock } from "lucide-react";
import { Button } from "../components/Button";
import { t } from "../i18n";
import { type Store, useRemembered, useStorefrontTokens } from "../ipc";
import { useOffer } from "../lib/actions";
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
  const today = now.toDateString();
  const due = current && known && !current.isGone && new Date(current.remindAt) <= now && putOff !== today;
  const renew = () => go.settings(store.key, { ask: "storefront" });
  const later = () => putOffTo(today);
  useOffer("frame", () =>
    due
      ? [
          {
            id: "storefront-renew",
            group: t("palette.thisStore"),
            label: t("storefront.remind.do"),
            icon: <CalendarClock aria-hidden />,
            run: renew,
          },
          {
            id: "storefront-later",
            group: t("palette.thisStore"),
            label: t("storefront.remind.later"),
            icon: <CalendarClock aria-hidden />,
            words: t("storefront.title"),
            run: later,
          },
        ]
      : [],
  );
  if (!due) return null;
  const isOver = new Date(current.expiresAt) <= now;
  return (
    <div className={classes(css["banner"], css[isOver ? "warn" : "quiet"])} role="status">
      <CalendarClock aria-hidden />
      <p className={css["words"]}>
        <strong>{t(isOver ? "storefront.remind.over" : "storefront.remind", { day: shortDate(current.expiresAt) })}</strong>{" "}
        {t("storefront.remind.more")}
      </p>
      <Button onPress={renew}>{t("storefront.remind.do")}</Button>
      <Button look="quiet" onPress={later}>
        {t("storefront.remind.later")}
      </Button>
    </div>
  );
}
