import { SegmentedControl } from "../../components/SegmentedControl";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import type { Contrast, Density, Theme } from "../../ipc";
import { Part } from "./Part";
import css from "./Settings.module.css";
import { usePreferences } from "./usePreferences";

const themes: readonly Theme[] = ["system", "light", "dark"];
const contrasts: readonly Contrast[] = ["system", "high"];
const densities: readonly Density[] = ["compact", "comfortable"];

/** Theme, contrast and height of rows, for the whole window. */
export function LookPart() {
  const { preferences, change, error } = usePreferences();
  return (
    <Part title={t("settings.look")} more={t("settings.look.more")}>
      <div className={css["field"]}>
        <span className={css["label"]} aria-hidden>
          {t("settings.theme")}
        </span>
        <SegmentedControl
          label={t("settings.theme")}
          choices={themes.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
          value={preferences.theme ?? "system"}
          onChange={(theme) => change({ theme })}
        />
      </div>
      <div className={css["field"]}>
        <span className={css["label"]} aria-hidden>
          {t("settings.contrast")}
        </span>
        <SegmentedControl
          label={t("settings.contrast")}
          choices={contrasts.map((value) => ({ value, label: t(`settings.contrast.${value}`) }))}
          value={preferences.contrast ?? "system"}
          onChange={(contrast) => change({ contrast })}
        />
      </div>
      <div className={css["field"]}>
        <span className={css["label"]} aria-hidden>
          {t("settings.density")}
        </span>
        <SegmentedControl
          label={t("settings.density")}
          choices={densities.map((value) => ({ value, label: t(`settings.density.${value}`) }))}
          value={preferences.density ?? "compact"}
          onChange={(density) => change({ density })}
        />
      </div>
      {error ? (
        <div className={css["wide"]}>
          <Trouble error={error} />
        </div>
      ) : null}
    </Part>
  );
}
