import { Check as Tick, Circle, CircleMinus, Info, LoaderCircle, RefreshCw, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { Keys } from "../../components/Keys";
import { Notice } from "../../components/Notice";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import {
  type AppError,
  type Attempt,
  type CheckLine,
  type CheckReport,
  type CheckState,
  type Store,
  useRead,
} from "../../ipc";
import { classes } from "../../lib/classes";
import { difference } from "../../lib/dates";
import { useCountdown } from "../../lib/useCountdown";
import { FailedCheck } from "./FailedCheck";
import { failureWords } from "./failures";
import { Losses, isUnchecked } from "./Losses";
import { MissingScopes } from "./MissingScopes";
import type { PanelLayout } from "./ScopesPicture";
import { ScopesTable, isMissing } from "./ScopesTable";
import type { Check } from "./useCheck";
import { StepPage } from "./WizardFrame";
import css from "./CheckStep.module.css";

/** Props of {@link CheckStep}. */
export type CheckStepProps = {
  /** What is checked. */
  attempt: Attempt;
  /** The text that the token came in names the same hash. */
  sameHash: boolean;
  /** The check. */
  check: Check;
  /** The store whose token saving replaces. */
  connected: Store | null;
  /** Which of its two looks the control panel has. */
  layout: PanelLayout;
  /** Asks everything again. */
  onAgain: () => void;
  /** Asks whether the token may also change things. */
  onWrites: () => void;
  /** Stops it and forgets the token. */
  onStop: () => void;
  /** Goes back to hash and token. */
  onBack: () => void;
  /** Goes back to hand over another token. */
  onNewToken: () => void;
  /** Goes back to name another store. */
  onOtherStore: () => void;
  /** Goes on. */
  onContinue: () => void;
};

/** Whether a problem is one of the scopes, which another account mends. */
function isOfScopes({ code }: AppError): boolean {
  return code === "noScopes" || code === "otherScopes" || code === "missingScope";
}

/**
 * What kept a check from being fine, each with a panel of its own: what the token lacks, and what else went wrong. An
 * odd answer to one question doesn't hide what the others found.
 */
export function problemsOf(report: CheckReport): { scopes: AppError | null; other: AppError | null } {
  const problems = report.lines.flatMap(({ problem }) => (problem ? [problem] : []));
  const none = problems.find(({ code }) => code === "noScopes" || code === "otherScopes");
  return {
    scopes: none ?? problems.find(isOfScopes) ?? null,
    other: problems.find((problem) => !isOfScopes(problem)) ?? null,
  };
}

/** Fourth step: what the store says to this token, line by line. */
export function CheckStep(props: CheckStepProps) {
  const { attempt, sameHash, check, connected, layout, onAgain, onWrites, onStop } = props;
  const { onBack, onNewToken, onOtherStore, onContinue } = props;
  const { report, running } = check;
  const version = useRead("appState", undefined).data?.version ?? "";
  const found = report && !running && !check.error ? problemsOf(report) : { scopes: null, other: null };
  const problem = check.error ?? found.other;
  const missing = running ? [] : (report?.scopes.filter(isMissing) ?? []);
  const lacks = !running && !check.error && (found.scopes !== null || missing.length > 0);
  // The same button twice would be one too many.
  const remedy = problem ? failureWords(problem, { hash: attempt.hash }).remedy : null;
  const offersAgain = remedy === "again" || remedy === "report";
  const canGoOn = !running && report?.finished === true && report.canSave && !check.error;
  const less = canGoOn && (lacks || problem !== null);
  const clock = report?.clockAheadSeconds ?? null;
  const looked = report?.lines.some(({ step, state }) => step === "scopes" && (state === "ok" || state === "bad")) ?? false;
  const writes = looked ? (report?.scopes.filter(({ wanted, wantsModify }) => wanted && wantsModify) ?? []) : [];
  // Of what has no level for reading nothing tells, so nobody can be asked either.
  const unchecked = writes.some(({ read, write }) => read !== "notNeeded" && write === "notChecked");
  const askable = writes.some(({ read, write }) => read === "granted" && write !== "notChecked");
  const losses = running || !connected ? [] : (report?.losses ?? []);
  // Of a scope without a level for reading, asking once more tells nothing either.
  const inDoubt = losses.some(
    ({ doubt, scope }) =>
      isUnchecked(doubt) && report?.scopes.some((line) => line.scope === scope && line.read === "granted"),
  );
  const mayAsk = connected?.safety !== "readOnly";

  return (
    <StepPage
      title={t("wizard.step.check")}
      what={t("check.what")}
      focusHeading
      onContinue={() => {
        if (canGoOn && !less) onContinue();
      }}
      aside={
        running || offersAgain ? null : (
          <Button look="quiet" size="tall" icon={<RefreshCw aria-hidden />} onPress={onAgain}>
            {t("check.again")}
          </Button>
        )
      }
      footer={
        running ? (
          <>
            <Button look="quiet" size="tall" shortcut={<Keys keys={[t("key.esc")]} />} onPress={onStop}>
              {t("check.stop")}
            </Button>
            <Button look="filled" size="tall" offBecause={t("check.offBecause.running")}>
              {t("wizard.continue")}
            </Button>
          </>
        ) : (
          <>
            <Button look="quiet" size="tall" onPress={onBack}>
              {t("wizard.back")}
            </Button>
            {canGoOn && report?.store ? (
              <Button look="quiet" size="tall" onPress={onOtherStore}>
                {t("check.notMine")}
              </Button>
            ) : null}
            {less ? (
              <Button size="tall" onPress={onContinue}>
                {t("check.less")}
              </Button>
            ) : null}
            {lacks ? (
              <Button look="filled" size="tall" onPress={onNewToken}>
                {t("check.newAccount")}
              </Button>
            ) : less ? null : (
              <Button
                look="filled"
                size="tall"
                type="submit"
                offBecause={canGoOn ? null : t("check.offBecause.failed")}
                shortcut={canGoOn ? <Keys keys={[t("key.enter")]} /> : null}
              >
                {t("wizard.continue")}
              </Button>
            )}
          </>
        )
      }
    >
      <p role="status" className={css["said"]}>
        {running ? t("check.said.running") : canGoOn && !less ? t("check.said.fine") : ""}
      </p>
      <div className={classes(css["columns"], !problem && !lacks && css["alone"])}>
        <div>
          <div className={css["lines"]} aria-busy={running}>
            {report ? (
              <Lines report={report} attempt={attempt} running={running} />
            ) : check.error ? null : (
              <Line state="running" name={t("check.reached")}>
                {t("check.running")}
              </Line>
            )}
            {running && report?.waiting ? <Wait report={report} /> : null}
            {report && unchecked && !running ? (
              <div className={css["note"]}>
                <Info aria-hidden />
                {mayAsk ? (
                  <div>
                    <p>{t("check.unchecked")}</p>
                    {inDoubt ? null : <AskWrites check={check} onWrites={onWrites} />}
                  </div>
                ) : (
                  <p>{t("check.unchecked.readOnly")}</p>
                )}
              </div>
            ) : report && askable && !running ? (
              <p className={css["note"]} role="status">
                <Info aria-hidden />
                {t("check.writes.done")}
              </p>
            ) : null}
            {report?.finished ? <Quota report={report} /> : null}
          </div>
          <div className={css["notices"]}>
            {connected && connected.tokenLast4 !== "" && connected.tokenLast4 === attempt.last4 ? (
              <Notice title={t("check.sameToken", { name: connected.name, last4: attempt.last4 })} />
            ) : connected ? (
              <Notice title={t("check.replaces", { name: connected.name })} />
            ) : null}
            {connected ? (
              <Losses
                losses={losses}
                last4={connected.tokenLast4}
                ask={mayAsk && inDoubt ? <AskWrites check={check} onWrites={onWrites} /> : null}
              />
            ) : null}
            {attempt.unusualLength !== null ? (
              <Notice gravity="warn" title={t("check.unusual", { n: attempt.unusualLength })} />
            ) : null}
            {clock !== null ? (
              <Notice
                gravity="warn"
                announce
                title={t(clock > 0 ? "check.clock.ahead" : "check.clock.behind", { span: difference(Math.abs(clock)) })}
              >
                {t("check.clock.more")}
              </Notice>
            ) : null}
          </div>
        </div>
        {lacks || problem ? (
          <div className={css["panels"]}>
            {lacks && report ? (
              <MissingScopes
                scopes={report.scopes}
                problem={found.scopes}
                hash={attempt.hash}
                sameHash={sameHash}
                layout={layout}
                canSave={report.canSave}
              />
            ) : null}
            {problem ? (
              <FailedCheck
                error={problem}
                hash={attempt.hash}
                sameHash={sameHash}
                host={report?.host ?? ""}
                version={version}
                onAgain={onAgain}
                onCredentials={problem.code === "wrongStore" && !sameHash ? onBack : onNewToken}
              />
            ) : null}
          </div>
        ) : null}
      </div>
    </StepPage>
  );
}

type LinesProps = { report: CheckReport; attempt: Attempt; running: boolean };

function Lines({ report, attempt, running }: LinesProps) {
  return report.lines.map((line) => {
    switch (line.step) {
      case "reached":
        return (
          <Line key="reached" state={line.state} name={t("check.reached")}>
            {line.state === "ok"
              ? report.answeredInMs === null
                ? t("check.reached.plain", { host: report.host })
                : t("check.reached.answered", { host: report.host, ms: Math.round(report.answeredInMs) })
              : line.state === "running"
                ? t("check.asking", { host: report.host })
                : plainly(line, attempt.hash)}
          </Line>
        );
      case "token":
        return (
          <Line key="token" state={line.state} name={t("check.token")}>
            {line.state === "ok" ? t("check.token.ends", { last4: attempt.last4 }) : plainly(line, attempt.hash)}
          </Line>
        );
      case "store":
        return (
          <Line key="store" state={line.state} name={t("check.store")}>
            {report.store ? (
              <StoreWords report={report} />
            ) : line.problem?.code === "missingScope" ? (
              t("check.store.unknown")
            ) : (
              plainly(line, attempt.hash)
            )}
          </Line>
        );
      case "scopes":
        return (
          <div key="scopes">
            <Line state={line.state} name={t("check.scopes")}>
              {scopeWords(line, report, attempt.hash)}
            </Line>
            {report.scopes.length > 0 && line.state !== "waiting" && line.state !== "skipped" && !(running && line.state === "running" && !touched(report)) ? (
              <ScopesTable scopes={report.scopes} />
            ) : null}
          </div>
        );
    }
  });
}

/** Asks, with the person's consent, whether the token may also change things. */
function AskWrites({ check, onWrites }: { check: Check; onWrites: () => void }) {
  return (
    <TextButton size="small" isDisabled={check.askingWrites} onPress={onWrites}>
      {t(check.askingWrites ? "check.writes.doing" : "check.writes")}
    </TextButton>
  );
}

/** Something is known about at least one scope. */
function touched(report: CheckReport): boolean {
  return report.scopes.some(({ wanted, read }) => wanted && (read === "granted" || read === "missing"));
}

/** Of what has no level for reading, and no safe request for writing, nothing tells. */
function isTold({ read, write }: CheckReport["scopes"][number]): boolean {
  return read !== "notNeeded" || write !== "notChecked";
}

function scopeWords(line: CheckLine, report: CheckReport, hash: string): string {
  const missing = report.scopes.filter(isMissing).length;
  const all = report.scopes.filter((scope) => scope.wanted && isTold(scope)).length;
  if (line.state === "ok") return t("check.scopes.all", { n: all });
  if (line.problem?.code === "noScopes" || line.problem?.code === "otherScopes") return t("check.scopes.none");
  if (line.state === "bad" && missing > 0) return t("check.scopes.missing", { n: missing, all });
  return plainly(line, hash);
}

function plainly(line: CheckLine, hash: string): string {
  switch (line.state) {
    case "waiting":
      return t("check.waiting");
    case "running":
      return t("check.running");
    case "skipped":
      return t("check.skipped");
    case "bad":
      return line.problem ? failureWords(line.problem, { hash }).cause : "";
    case "ok":
      return "";
  }
}

function StoreWords({ report }: { report: CheckReport }) {
  const store = report.store;
  if (!store) return null;
  const more = [
    store.address,
    store.currency,
    store.timeZone,
    store.plan ? t("check.plan", { plan: store.plan }) : "",
  ].filter(Boolean);
  return (
    <span data-selectable>
      <span className={css["store"]}>{store.name}</span>
      {store.domain ? `, ${store.domain}` : null}
      {more.length > 0 ? <span className={css["more"]}>{more.join(" · ")}</span> : null}
    </span>
  );
}

function Quota({ report }: { report: CheckReport }) {
  const { quota } = report;
  // A check that failed early says nothing about it.
  if (!quota && !report.canSave) return null;
  return (
    <Line state={quota ? "ok" : "skipped"} name={t("check.quota")}>
      {quota
        ? t("check.quota.line", { quota: quota.quota, window: quota.windowSeconds, left: quota.left })
        : t("check.quota.unknown")}
    </Line>
  );
}

const signs: Record<CheckState, typeof Tick> = {
  waiting: Circle,
  running: LoaderCircle,
  ok: Tick,
  bad: X,
  skipped: CircleMinus,
};

function Line({ state, name, children }: { state: CheckState; name: string; children: ReactNode }) {
  const Sign = signs[state];
  return (
    <div className={css["line"]} data-state={state}>
      <span className={css["sign"]}>
        <Sign aria-hidden />
      </span>
      <span className={css["name"]}>{name}</span>
      <span className={css["fact"]}>{children}</span>
    </div>
  );
}

/** Why nothing happens for the moment, and for how long. */
function Wait({ report: { waiting } }: { report: CheckReport }) {
  const seconds = useCountdown(waiting?.seconds ?? 0, waiting);
  if (!waiting) return null;
  return (
    <p className={css["note"]} role="status">
      <Info aria-hidden />
      {t(`pill.${waiting.because}`, { seconds })}
    </p>
  );
}
