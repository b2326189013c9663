import { useId } from "react";
import { Switch } from "../../components/Switch";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { Part } from "./Part";
import css from "./Settings.module.css";
import { usePreferences } from "./usePreferences";

/** Whether new orders are announced, and whether letters are shortcuts: for the whole app. */
export function HabitsPart() {
  const { preferences, change, error } = usePreferences();
  const announcing = useId();
  const letters = useId();
  return (
    <Part title={t("settings.habits")} more={t("settings.habits.more")}>
      <div className={css["switch"]}>
        <Switch
          isSelected={preferences.announceOrders ?? true}
          onChange={(announceOrders) => change({ announceOrders })}
          aria-describedby={announcing}
        >
          {t("settings.announce")}
        </Switch>
        <p id={announcing} className={css["hint"]}>
          {t("settings.announce.more")}
        </p>
      </div>
      <div className={css["switch"]}>
        <Switch
          isSelected={preferences.letterKeys ?? true}
          onChange={(letterKeys) => change({ letterKeys })}
          aria-describedby={letters}
        >
          {t("settings.letterKeys")}
        </Switch>
        <p id={letters} className={css["hint"]}>
          {t("settings.letterKeys.more")}
        </p>
      </div>
      {error ? (
        <div className={css["wide"]}>
          <Trouble error={error} />
        </div>
      ) : null}
    </Part>
  );
}
