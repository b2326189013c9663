import { Copy, Stethoscope } from "lucide-react";
import { useEffect } from "react";
import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { CopyWords } from "../../components/CopyWords";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type Store, useRead, useStoreState, useWrite } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { copy } from "../../lib/copy";
import { useGo } from "../../lib/go";
import { useTell } from "../../lib/telling";
import { type Fact, facts, report } from "./doctor";
import { Part } from "./Part";
import css from "./Settings.module.css";
import { useAsking } from "./useAsking";
import { useBroughtIntoView } from "./useBroughtIntoView";

/** Props of {@link DoctorPart}. */
export type DoctorPartProps = {
  /** The store. */
  store: Store;
};

/** How a store, its token and this computer get along, and a report of it that can be copied. */
export function DoctorPart({ store }: DoctorPartProps) {
  const examine = useWrite("examine");
  const go = useGo();
  const tell = useTell();
  const [asked, setAsked] = useAsking(store.key, "doctor");
  const self = useBroughtIntoView(store.key, "doctor");
  const { mutate } = examine;
  useEffect(() => {
    if (!asked) return;
    setAsked(false);
    mutate({ store: store.key });
    go.settings(store.key, { show: "doctor" }, { replace: true });
  }, [asked, setAsked, mutate, go, store.key]);
  const state = useStoreState(store.key) ?? null;
  const version = useRead("appState", undefined).data?.version ?? "";
  const found = examine.data ?? null;
  const lines: Fact[] = found ? facts(store, state, found, version) : [];
  useOffer("screen", () =>
    found
      ? [
          {
            id: "doctor-copy",
            group: t("doctor.title"),
            label: t("doctor.copy"),
            icon: <Copy aria-hidden />,
            run: () =>
              void copy(report(store, found, lines)).then((done) => tell(done ? t("doctor.copied") : t("copy.failed"))),
          },
        ]
      : [],
  );
  return (
    <Part ref={self} title={t("doctor.title")} more={t("doctor.more")}>
      <div role="status" className={css["wide"]}>
        {found ? (
          <dl className={css["facts"]}>
            {lines.map(({ name, fact }) => (
              <Line key={name} name={name}>
                {fact}
              </Line>
            ))}
          </dl>
        ) : null}
      </div>
      {examine.error ? (
        <div className={css["wide"]}>
          <Trouble error={examine.error} />
        </div>
      ) : null}
      <div className={css["actions"]}>
        <Button
          icon={examine.isPending ? <BusySign /> : <Stethoscope aria-hidden />}
          isPending={examine.isPending}
          onPress={() => examine.mutate({ store: store.key })}
        >
          {t(examine.isPending ? "doctor.doing" : found ? "doctor.again" : "doctor.do")}
        </Button>
        {found ? <CopyWords text={report(store, found, lines)}>{t("doctor.copy")}</CopyWords> : null}
      </div>
      {found ? <p className={css["quiet"]}>{t("doctor.copy.more")}</p> : null}
    </Part>
  );
}

function Line({ name, children }: { name: string; children: string | readonly string[] }) {
  const facts = typeof children === "string" ? [children] : children;
  return (
    <>
      <dt>{name}</dt>
      <dd data-selectable>
        {facts.map((fact) => (
          <span key={fact} className={css["fact"]}>
            {fact}
          </span>
        ))}
      </dd>
    </>
  );
}
