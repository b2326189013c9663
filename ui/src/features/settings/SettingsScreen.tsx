import { t } from "../../i18n";
import { useStore } from "../../ipc";
import { DoctorPart } from "./DoctorPart";
import { HabitsPart } from "./HabitsPart";
import { LookPart } from "./LookPart";
import { RemovePart } from "./RemovePart";
import { SamplePart } from "./SamplePart";
import { StorefrontPart } from "./StorefrontPart";
import { StorePart } from "./StorePart";
import { TokenPart } from "./TokenPart";
import css from "./Settings.module.css";

/** Props of {@link SettingsScreen}. */
export type SettingsScreenProps = {
  /** The store that is open. */
  store: string;
};

/** The store's settings and the window's. */
export function SettingsScreen({ store: key }: SettingsScreenProps) {
  const store = useStore(key);
  if (!store) return null;
  return (
    <main className={css["screen"]} aria-label={t("settings.title")}>
      <header className={css["head"]}>
        <h1 className={css["title"]}>{t("settings.title")}</h1>
      </header>
      <StorePart key={store.key} store={store} />
      <TokenPart key={`token ${store.key}`} store={store} />
      <StorefrontPart key={`storefront ${store.key}`} store={store} />
      <DoctorPart key={`doctor ${store.key}`} store={store} />
      <LookPart />
      <HabitsPart />
      {store.isSample ? <SamplePart store={store.key} /> : null}
      <RemovePart store={store} />
    </main>
  );
}
