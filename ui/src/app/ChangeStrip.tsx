import { History, KeyRound, X } from "lucide-react";
import { useEffect } from "react";
import { IconButton } from "../components/IconButton";
import { Mark } from "../components/Mark";
import { TextButton } from "../components/TextButton";
import { t } from "../i18n";
import { type AppError, type EntryState, type Plan, useRead, useStore } from "../ipc";
import { useOffer } from "../lib/actions";
import { classes } from "../lib/classes";
import { entryMarks, entryState, entryWords, needsOtherToken, saidWords } from "../lib/entries";
import { troubleWords } from "../lib/trouble";
import css from "./ChangeStrip.module.css";
import { JobStrip } from "./JobStrip";

/** The last change: on its way, just landed after a wait, or not even planned. */
export type Change =
  | { kind: "applied"; plan: Plan; job: string; entries: string[] }
  | Landed
  | { kind: "failed"; error: AppError };

/** What waited and has landed: of one job, or of several. */
export type Landed = { kind: "ended"; job: string | null; done: number; toLookAt: number };

/** Props of {@link ChangeStrip}. */
export type ChangeStripProps = {
  /** The store. */
  store: string;
  /** What was changed. */
  change: Change;
  /** Plans to put it back. */
  onUndo: (entries: string[]) => void;
  /** Plans to put all of a job back. */
  onUndoJob: (job: string) => void;
  /** Gives the store another token. */
  onReplaceToken: () => void;
  /** Shows it in Activity. */
  onShow: (entry: string | null, job: string | null) => void;
  /** Takes the strip away. */
  onClose: () => void;
};

const stayMs = 12_000;
const troubled: ReadonlySet<EntryState> = new Set(["refused", "conflict", "unknown", "notApplied", "unclear"]);
const over: ReadonlySet<EntryState> = new Set(["done", "doneFound", "undone", "dropped", "alreadySo", "leftAsItWas"]);

/** Below everything, never over rows: what was just changed, how it goes, and the way back. */
export function ChangeStrip({ store, change, onUndo, onUndoJob, onReplaceToken, onShow, onClose }: ChangeStripProps) {
  const only = change.kind === "applied" && change.entries.length === 1 ? (change.entries[0] ?? null) : null;
  const entry = useRead("activityEntry", { store, entry: only ?? "" }, { enabled: only !== null }).data?.row ?? null;
  const many = change.kind === "applied" && only === null ? change.job : null;
  const job = useRead("job", { store, job: many ?? "" }, { enabled: many !== null }).data ?? null;
  const settled =
    change.kind !== "applied" ||
    (entry !== null && over.has(entry.state)) ||
    (many !== null && job !== null && job.waiting === 0 && job.underWay === 0 && job.toLookAt === 0);

  // More that lands meanwhile stays as long again.
  useEffect(() => {
    if (!settled) return;
    const timer = setTimeout(onClose, stayMs);
    return () => clearTimeout(timer);
  }, [settled, change, onClose]);

  const bad =
    change.kind === "failed" ||
    (change.kind === "ended" && change.toLookAt > 0) ||
    (entry !== null && troubled.has(entry.state));

  const shop = useStore(store);
  const needsToken = entry?.state === "refused" && needsOtherToken(entry.said, shop);
  // Put back since, what was said of it is of no use any more.
  const said = entry && entry.state !== "undone" ? saidWords(entry.said) : "";
  const show =
    change.kind === "failed"
      ? null
      : change.kind === "ended" || only === null
        ? () => onShow(null, change.job)
        : entry
          ? () => onShow(entry.entry, null)
          : null;
  useOffer("frame", () => {
    const group = t("palette.thisStore");
    const more = entry ? entryWords(entry).what : t("strip.label");
    const replacing = {
      id: "strip-token",
      group,
      label: t("step.replaceToken"),
      more,
      icon: <KeyRound aria-hidden />,
      run: onReplaceToken,
    };
    const showing = show
      ? [{ id: "strip-show", group, label: t("strip.show"), more, icon: <History aria-hidden />, run: show }]
      : [];
    return needsToken ? [replacing, ...showing] : showing;
  });
  return (
    <div className={classes(css["strip"], bad && css["bad"])} role="status" aria-label={t("strip.label")}>
      {change.kind === "failed" ? (
        <>
          <Mark shape="cross" kind="bad" />
          <span className={css["what"]}>{troubleWords(change.error).cause}</span>
          <span className={css["how"]}>{troubleWords(change.error).more}</span>
        </>
      ) : change.kind === "ended" ? (
        <>
          <Mark {...entryMarks[change.toLookAt > 0 ? "conflict" : "done"]} />
          {change.done > 0 ? <span className={css["what"]}>{t("strip.landed", { n: change.done })}</span> : null}
          {change.toLookAt > 0 ? (
            <span className={css["how"]}>{t("strip.job.toLookAt", { n: change.toLookAt })}</span>
          ) : null}
          <TextButton onPress={() => onShow(null, change.job)}>{t("strip.show")}</TextButton>
        </>
      ) : only === null ? (
        <JobStrip
          store={store}
          job={change.job}
          onUndo={() => onUndoJob(change.job)}
          onReplaceToken={onReplaceToken}
          onShow={() => onShow(null, change.job)}
        />
      ) : entry ? (
        <>
          {entry.state === "sending" || entry.state === "waiting" ? (
            <Mark shape="turning" kind="idle" />
          ) : (
            <Mark {...entryMarks[entry.state]} />
          )}
          <span className={css["what"]}>
            {entryWords(entry).what} {entryWords(entry).change}
          </span>
          <span className={css["how"]}>
            {entryState(entry)}
            {said ? `: ${said}` : ""}
            {needsToken ? ` ${t("trouble.missingScope.more")}` : ""}
          </span>
          {needsToken ? <TextButton onPress={onReplaceToken}>{t("step.replaceToken")}</TextButton> : null}
          {entry.canUndo ? (
            <TextButton onPress={() => onUndo([entry.entry])}>{t("strip.undo")}</TextButton>
          ) : (
            <TextButton onPress={() => onShow(entry.entry, null)}>{t("strip.show")}</TextButton>
          )}
        </>
      ) : null}
      <span className={css["space"]} />
      <IconButton label={t("strip.close")} icon={<X aria-hidden />} onPress={onClose} />
    </div>
  );
}
