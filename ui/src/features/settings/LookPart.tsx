import { SegmentedControl } from "../../components/SegmentedControl";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type Density, type Theme, useRead, useWrite } from "../../ipc";
import { Part } from "./Part";
import css from "./Settings.module.css";

const themes: readonly Theme[] = ["system", "light", "dark"];
const densities: readonly Density[] = ["compact", "comfortable"];

/** Theme and height of rows, for the whole window. */
export function LookPart() {
  const told = useRead("appState", undefined).data?.preferences;
  const write = useWrite("setPreferences");
  // While it is being written, what was chosen is what shows.
  const chosen = write.isPending ? write.variables : told;
  const theme = chosen?.theme ?? "system";
  const density = chosen?.density ?? "compact";
  return (
    <Part title={t("settings.look")} more={t("settings.look.more")}>
      <div className={css["field"]}>
        <span className={css["label"]} aria-hidden>
          {t("settings.theme")}
        </span>
        <SegmentedControl
          label={t("settings.theme")}
          choices={themes.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
          value={theme}
          onChange={(next) => write.mutate({ theme: next, density })}
        />
      </div>
      <div className={css["field"]}>
        <span className={css["label"]} aria-hidden>
          {t("settings.density")}
        </span>
        <SegmentedControl
          label={t("settings.density")}
          choices={densities.map((value) => ({ value, label: t(`settings.density.${value}`) }))}
          value={density}
          onChange={(next) => write.mutate({ theme, density: next })}
        />
      </div>
      {write.error ? (
        <div className={css["wide"]}>
          <Trouble error={write.error} />
        </div>
      ) : null}
    </Part>
  );
}
