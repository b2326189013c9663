import { Check, ClipboardPaste, PlugZap, TentTree } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Badge } from "../../components/Badge";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { Logo } from "../../components/Logo";
import { BusySign } from "../../components/BusySign";
import { StartOverDialog } from "../../components/StartOverDialog";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type AppError, type Attempt, asAppError, useRead, useWrite } from "../../ipc";
import { isCovered } from "../../lib/covered";
import { useGo } from "../../lib/go";
import { withCommand } from "../../lib/platform";
import { EnvironmentOffer, useEnvironment } from "./EnvironmentOffer";
import { Wizard } from "./Wizard";
import css from "./WelcomeScreen.module.css";

/** The first screen of a Stockroom without a store: connect one, or look around the sample. */
export function WelcomeScreen() {
  const go = useGo();
  const app = useRead("appState", undefined).data;
  const sample = useWrite("openSample");
  const reset = useWrite("resetSample");
  const [error, setError] = useState<AppError | null>(null);
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [pasting, setPasting] = useState(false);
  const [startingOver, setStartingOver] = useState(false);
  const away = attempt !== null || pasting;

  const first = useRef<HTMLDivElement>(null);
  /** The sample is asked for once each time somebody starts the app for it. */
  const asked = useRef(false);

  const environment = useEnvironment(setAttempt);
  const { offer, taking, take: takeEnvironment } = environment;
  const busy = sample.isPending || taking;
  const { mutateAsync: askForSample } = sample;
  const { mutateAsync: askToReset } = reset;

  const openSample = useCallback(async () => {
    setError(null);
    try {
      go.store((await askForSample(undefined)).key);
    } catch (thrown) {
      setError(asAppError(thrown));
    }
  }, [go, askForSample]);

  const startOver = async () => {
    try {
      go.store((await askToReset(undefined)).key);
    } catch {
      // The dialog says why.
    }
  };

  useEffect(() => {
    if (!app?.openSample) asked.current = false;
    if (!app?.openSample || asked.current) return;
    asked.current = true;
    void openSample();
  }, [app?.openSample, openSample]);

  // The one thing to do here: Enter does it.
  useEffect(() => {
    if (!away) first.current?.querySelector("button")?.focus();
  }, [away]);

  useEffect(() => {
    if (away) return;
    const doors: Record<string, () => void> = {
      "1": () => go.connect(),
      "2": () => void openSample(),
      ...(offer ? { "3": () => void takeEnvironment() } : {}),
    };
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || busy || isCovered()) return;
      if (event.key.toLowerCase() === "v" && withCommand(event)) {
        // The backend reads the clipboard: what is on it does not come into the window.
        event.preventDefault();
        setPasting(true);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      doors[event.key]?.();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [away, busy, offer, go, openSample, takeEnvironment]);

  if (attempt) return <Wizard store={null} given={attempt} onLeave={() => setAttempt(null)} />;
  if (pasting) return <Wizard store={null} paste onLeave={() => setPasting(false)} />;

  return (
    <main className={css["screen"]}>
      <div className={css["middle"]}>
        <Logo />
        <h1 className={css["title"]}>
          {t("welcome.title")}
        </h1>
        <p className={css["what"]}>{t("welcome.what")}</p>
        <div ref={first} className={css["doors"]}>
          <Door
            icon={<PlugZap aria-hidden />}
            title={t("welcome.connect")}
            number="1"
            what={t("welcome.connect.what")}
            points={[t("welcome.connect.minute"), t("welcome.connect.nothing"), t("welcome.connect.keychain")]}
          >
            <Button
              look="filled"
              size="tall"
              isDisabled={busy}
              shortcut={<Keys keys={[t("key.enter")]} />}
              onPress={() => go.connect()}
            >
              {t("welcome.connect")}
            </Button>
            <Button
              look="quiet"
              size="tall"
              isDisabled={busy}
              icon={<ClipboardPaste aria-hidden />}
              onPress={() => setPasting(true)}
            >
              {t("welcome.paste")}
            </Button>
          </Door>
          <Door
            icon={<TentTree aria-hidden />}
            title={t("welcome.sample")}
            badge={<Badge>{t("common.sample")}</Badge>}
            number="2"
            what={t("welcome.sample.what")}
            points={[t("welcome.sample.offline"), t("welcome.sample.again"), t("welcome.sample.harmless")]}
          >
            <Button
              size="tall"
              isPending={sample.isPending}
              icon={sample.isPending ? <BusySign /> : null}
              isDisabled={taking}
              onPress={() => void openSample()}
            >
              <span aria-live="polite">{t(sample.isPending ? "welcome.sample.doing" : "welcome.sample.do")}</span>
            </Button>
          </Door>
        </div>
        <EnvironmentOffer
          environment={environment}
          isDisabled={sample.isPending}
          shortcut={<Keys keys={["3"]} />}
        />
        {(error ?? environment.error) ? (
          <div className={css["trouble"]}>
            <Trouble
              error={(error ?? environment.error)!}
              steps={["startOver"]}
              onStep={() => setStartingOver(true)}
            />
          </div>
        ) : null}
        <p className={css["foot"]}>{t("welcome.foot")}</p>
      </div>
      {startingOver ? (
        <StartOverDialog
          busy={reset.isPending}
          error={reset.error}
          onStart={() => void startOver()}
          onClose={() => setStartingOver(false)}
        />
      ) : null}
    </main>
  );
}

type DoorProps = {
  icon: ReactNode;
  title: string;
  badge?: ReactNode;
  number: string;
  what: string;
  points: readonly string[];
  children: ReactNode;
};

function Door({ icon, title, badge, number, what, points, children }: DoorProps) {
  return (
    <section className={css["door"]}>
      <div className={css["doorHead"]}>
        {icon}
        <h2 className={css["doorTitle"]}>{title}</h2>
        {badge}
        <span className={css["key"]}>
          <Keys keys={[number]} />
        </span>
      </div>
      <p className={css["doorWhat"]}>{what}</p>
      <ul className={css["points"]}>
        {points.map((point) => (
          <li key={point}>
            <Check aria-hidden />
            {point}
          </li>
        ))}
      </ul>
      <div className={css["do"]}>{children}</div>
    </section>
  );
}
