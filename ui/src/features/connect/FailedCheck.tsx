import { useEffect, useId, useState } from "react";
import { Button } from "../../components/Button";
import { CopyWords } from "../../components/CopyWords";
import { t } from "../../i18n";
import type { AppError } from "../../ipc";
import { errorReport } from "../../lib/report";
import { failureWords } from "./failures";
import css from "./Remedies.module.css";

/** Props of {@link FailedCheck}. */
export type FailedCheckProps = {
  /** Why it failed. */
  error: AppError;
  /** The store hash that was tried. */
  hash: string;
  /** The text that the token came in names the same hash. */
  sameHash: boolean;
  /** The host that was asked. */
  host: string;
  /** Stockroom's version, for a report. */
  version: string;
  /** Asks the same again. */
  onAgain: () => void;
  /** Goes back to hash and token. */
  onCredentials: () => void;
};

/** Why a check failed, and the one next step. */
export function FailedCheck({ error, hash, sameHash, host, version, onAgain, onCredentials }: FailedCheckProps) {
  const heading = useId();
  const left = useCountdown(error.code === "rateLimited" ? error.seconds : null, onAgain);
  // What is counted is said once, when it appears; the seconds tick for the eye only.
  const { cause, more, remedy, details } = failureWords(error, { hash, sameHash });
  return (
    <section className={css["panel"]} aria-labelledby={heading}>
      <div role="alert">
        <h2 id={heading} className={css["title"]}>
          {cause}
        </h2>
        {left === null ? <p className={css["more"]}>{more}</p> : null}
        {details ? <p className={css["details"]}>{details}</p> : null}
      </div>
      {left === null ? null : <p className={css["more"]}>{t("fail.rateLimited.more", { seconds: left })}</p>}
      <div className={css["actions"]}>
        {remedy === "again" ? (
          <Button size="tall" onPress={onAgain}>
            {t("check.again")}
          </Button>
        ) : null}
        {remedy === "token" || remedy === "compare" || remedy === "account" ? (
          <Button size="tall" onPress={onCredentials}>
            {t(remedy === "token" ? "fail.paste" : remedy === "compare" ? "fail.compare" : "check.newAccount")}
          </Button>
        ) : null}
        {remedy === "report" ? (
          <>
            <Button size="tall" onPress={onAgain}>
              {t("check.again")}
            </Button>
            <CopyWords size="tall" text={errorReport(error, { version, doing: "connecting", host })}>
              {t("report.copy")}
            </CopyWords>
          </>
        ) : null}
      </div>
    </section>
  );
}

function useCountdown(seconds: number | null, onEnd: () => void): number | null {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left === null) return;
    if (left <= 0) {
      onEnd();
      return;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, onEnd]);
  return left;
}
