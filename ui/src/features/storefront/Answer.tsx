import { CopyWords } from "../../components/CopyWords";
import { EmptyState } from "../../components/EmptyState";
import { Notice } from "../../components/Notice";
import { TextButton } from "../../components/TextButton";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import type { AppError, StorefrontAnswer, StorefrontProblem } from "../../ipc";
import css from "./Storefront.module.css";

/** Props of {@link Answer}. */
export type AnswerProps = {
  /** What the storefront answered. */
  answer: StorefrontAnswer | null;
  /** Why there is no answer. */
  error: AppError | null;
  /** The question was too long to be sent. */
  tooLong: boolean;
  /** Leads to a place in the question. */
  onPlace: (line: number, column: number) => void;
  /** Goes to where tokens are made. */
  onSettings: () => void;
  /** Asks again. */
  onAgain: () => void;
};

/** The longest question, in kilobytes; the backend's `QUESTION_MAX`. */
const mostKilobytes = 64;

/** What came of a question: the data, what the storefront holds against it, or why there is no answer. */
export function Answer({ answer, error, tooLong, onPlace, onSettings, onAgain }: AnswerProps) {
  if (tooLong) return <Notice title={t("ask.long", { max: mostKilobytes })} gravity="bad" announce />;
  if (error?.code === "cancelled") return <Notice title={t("ask.stopped")} announce />;
  if (error) {
    return (
      <Trouble
        error={error}
        steps={["settings", "tryAgain"]}
        onStep={(step) => (step === "settings" ? onSettings() : onAgain())}
      />
    );
  }
  if (!answer) return <EmptyState title={t("ask.answer.none")} />;
  const isEmpty = answer.data === "null";
  return (
    <>
      <div className={css["bar"]}>
        <p className={css["from"]} role="status">
          {t("ask.answer.from", { host: answer.host, ms: answer.tookMs })}
        </p>
        <span className={css["space"]} />
        {isEmpty ? null : <CopyWords text={answer.data}>{t("ask.answer.copy")}</CopyWords>}
      </div>
      {answer.errors.length > 0 ? (
        <Notice title={t("ask.problems", { n: answer.errors.length })} gravity="bad" announce>
          <ul className={css["problems"]}>
            {answer.errors.map((problem, at) => (
              // Nothing tells two of the same words apart but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <Problem key={at} problem={problem} onPlace={onPlace} />
            ))}
          </ul>
        </Notice>
      ) : null}
      {answer.isCut ? <Notice title={t("ask.answer.cut")} gravity="warn" /> : null}
      {isEmpty ? (
        <p className={css["hint"]}>{t("ask.answer.empty")}</p>
      ) : (
        // A part that scrolls has to be reached with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={css["data"]} tabIndex={0} aria-label={t("ask.answer.data")} role="region" data-selectable>
          {answer.data}
        </pre>
      )}
    </>
  );
}

function Problem({ problem, onPlace }: { problem: StorefrontProblem; onPlace: AnswerProps["onPlace"] }) {
  const { line, column, path, code } = problem;
  return (
    <li>
      {problem.message}
      {line !== null && column !== null ? (
        <>
          {" "}
          <TextButton size="small" onPress={() => onPlace(line, column)}>
            {t("ask.problem.place", { line, column })}
          </TextButton>
        </>
      ) : null}
      {path ? <span className={css["path"]}> {t("ask.problem.path", { path })}</span> : null}
      {code === "INSUFFICIENT_ACCESS_SCOPE" ? <p>{t("ask.problem.scope")}</p> : null}
    </li>
  );
}
