import { Check, CircleX, Clock, Package, RotateCcw, Search, X } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { Button } from "../../components/Button";
import { FieldValues } from "../../components/FieldValues";
import { IconButton } from "../../components/IconButton";
import { Mark } from "../../components/Mark";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type ActivityRow, type Step, type StepKind, useRead, useStore } from "../../ipc";
import { exactTime, fullDate } from "../../lib/dates";
import { entryBy, entryMarks, entryState, entryWhy, entryWords, foundWords, reasonWords, refusedFields, refusedName, saidWords, subjectName, whyIsSaid } from "../../lib/entries";
import { useGo } from "../../lib/go";
import css from "./ActivityPanel.module.css";
import { ConflictChooser } from "./ConflictChooser";
import { JobSection } from "./JobSection";
import { useEntryOffer } from "./useActivityActions";
import { useEntryActions } from "./useEntryActions";

/** Props of {@link ActivityPanel}. */
export type ActivityPanelProps = {
  /** The store's key. */
  store: string;
  /** The change. */
  entry: string;
  /** Closes the panel. */
  onClose: () => void;
};

const good = <Check aria-hidden className={css["good"]} />;
const bad = <CircleX aria-hidden className={css["bad"]} />;
const wait = <Clock aria-hidden className={css["wait"]} />;

const signs: Record<StepKind, ReactNode> = {
  written: good,
  readAgain: good,
  sent: good,
  storeDone: good,
  storeRefused: bad,
  foundChanged: bad,
  noAnswer: wait,
  foundInStore: good,
  notFoundInStore: <Search aria-hidden className={css["bad"]} />,
  postponed: wait,
  dropped: <X aria-hidden className={css["wait"]} />,
  foundUnclear: <Search aria-hidden className={css["bad"]} />,
  sentApart: wait,
  saidDone: good,
  saidNotDone: <X aria-hidden className={css["wait"]} />,
  undone: <RotateCcw aria-hidden className={css["wait"]} />,
  alreadySo: good,
  leftAsItWas: <X aria-hidden className={css["wait"]} />,
};

const titleOf = (row: ActivityRow) =>
  row.subject.kind === "order"
    ? t("activity.panel.order", { order: row.subject.order })
    : t("activity.panel", { thing: subjectName(row.subject, row.name) });

/** What a step has to say, and what it found in the store unless the chooser shows that in full. */
function aside(step: Step, hasChooser: boolean): string {
  const found = hasChooser ? "" : foundWords(step.found);
  return step.found.length > 0 ? found : saidWords(step.said);
}

function Aside({ words }: { words: string }) {
  return words === "" ? null : <span className={css["aside"]}>{words}</span>;
}

/** One change with its whole way, and what can be done about it. */
export function ActivityPanel({ store, entry, onClose }: ActivityPanelProps) {
  const go = useGo();
  const read = useRead("activityEntry", { store, entry });
  const detail = read.data;
  const row = detail?.row ?? null;
  const { acts, giveUp, error, busy } = useEntryActions(store, row);
  const order = row?.subject.kind === "order" ? row.subject.order : null;
  useEntryOffer(
    row ? entryWords(row).what : null,
    acts,
    order !== null
      ? {
          id: "open-order",
          group: t("palette.thisChange"),
          label: t("activity.action.openOrder"),
          more: order,
          icon: <Package aria-hidden />,
          keys: "openThing",
          run: () => go.orders(store, { open: order }),
        }
      : null,
  );
  const refused = row ? refusedFields(row.said) : [];
  // The list below says it one by one.
  const toldByField = refused.length > 0;
  const because = row && !whyIsSaid(row) ? reasonWords(row.said) : "";
  const chooses =
    row !== null &&
    detail !== undefined &&
    detail.found.length > 0 &&
    (row.state === "conflict" || row.state === "unclear") &&
    row.doing === "set";
  const title = row ? titleOf(row) : t("activity.title");
  const readOnly = useStore(store)?.safety === "readOnly" ? t("order.off.readOnly") : null;
  const needsToken = acts.some(({ id }) => id === "replaceToken");
  const off = acts.find(({ offBecause }) => offBecause)?.offBecause ?? null;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };

  return (
    <Panel
      label={title}
      title={title}
      onKeyDown={onKeyDown}
      controls={<IconButton label={t("common.close")} icon={<X aria-hidden />} onPress={onClose} />}
      facts={
        row && detail ? [detail.customer, fullDate(row.at), entryBy(row, detail.job)].filter(Boolean).join(" · ") : null
      }
      note={off}
      actions={
        row ? (
          <>
            {acts.map((act, at) => (
              <Button
                key={act.id}
                look={at === 0 && !row.canDecide ? "filled" : "plain"}
                onPress={act.run}
                isDisabled={busy}
                offBecause={act.offBecause}
              >
                {act.label}
              </Button>
            ))}
            {order !== null ? (
              <Button onPress={() => go.orders(store, { open: order })}>{t("activity.action.openOrder")}</Button>
            ) : null}
            <span />
          </>
        ) : null
      }
      trouble={
        read.error && !detail ? (
          <Trouble error={read.error} steps={["tryAgain"]} onStep={() => void read.refetch()} />
        ) : error ? (
          <Trouble error={error} />
        ) : null
      }
    >
      {row && detail ? (
        <>
          <Section>
            <p className={css["state"]}>
              <Mark {...entryMarks[row.state]} />
              <strong>{entryState(row)}</strong>
            </p>
            <p className={css["why"]}>{entryWhy(row)}</p>
            {row.isErased ? <p className={css["why"]}>{t("activity.panel.erased")}</p> : null}
            {because ? <p className={css["why"]}>{because}</p> : null}
            {needsToken ? <p className={css["why"]}>{t("trouble.missingScope.more")}</p> : null}
            {row.said.words && !toldByField ? (
              <blockquote className={css["words"]} aria-label={t("activity.panel.storeWords")} data-selectable>
                {t("activity.quoted", { text: row.said.words })}
              </blockquote>
            ) : null}
          </Section>
          {toldByField ? (
            <Section title={t("activity.refused")}>
              <dl className={css["fields"]}>
                {refused.map((one, at) => (
                  <div key={at} className={css["field"]}>
                    <dt>{refusedName(one)}</dt>
                    <dd data-selectable>{one.words}</dd>
                  </div>
                ))}
              </dl>
            </Section>
          ) : null}
          {chooses ? (
            <ConflictChooser store={store} detail={detail} offBecause={off} onKeep={giveUp} busy={busy} />
          ) : null}
          {detail.job.size > 1 ? (
            <JobSection
              store={store}
              job={detail.job}
              offersToken={!needsToken}
              onShow={() => go.activity(store, { job: detail.job.job, open: entry })}
              offBecause={readOnly}
            />
          ) : null}
          <Section title={t("activity.panel.before")}>
            <dl className={css["fields"]}>
              {row.fields.map(({ field, before, after }) => (
                <div key={field} className={css["field"]}>
                  <dt>{t(`preview.field.${field}`)}</dt>
                  <dd data-selectable>
                    <FieldValues field={field} before={before} after={after} />
                  </dd>
                </div>
              ))}
            </dl>
          </Section>
          <Section title={t("activity.panel.how")}>
            <ol className={css["steps"]}>
              {detail.steps.map((step, at) => (
                <li key={at} className={css["step"]}>
                  {signs[step.kind]}
                  <span className={css["what"]}>
                    {t(`activity.step.${step.kind}`)}
                    <Aside words={aside(step, chooses)} />
                  </span>
                  <time dateTime={step.at} className={css["time"]} title={fullDate(step.at)}>
                    {exactTime(step.at)}
                  </time>
                </li>
              ))}
            </ol>
          </Section>
        </>
      ) : null}
    </Panel>
  );
}
