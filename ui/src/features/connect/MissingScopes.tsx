import { Ban, Check, ExternalLink } from "lucide-react";
import { useId } from "react";
import { Button } from "../../components/Button";
import { CopyWords } from "../../components/CopyWords";
import { Trouble } from "../../components/Trouble";
import { Words, t } from "../../i18n";
import type { AppError, ScopeLine } from "../../ipc";
import { levelWord } from "../../lib/levels";
import { scopeWord } from "../../lib/scopes";
import { ownerMessage, scopeList } from "./owner";
import type { PanelLayout } from "./ScopesPicture";
import { scopeWords, useUnlocks } from "./scopes";
import { isMissing } from "./ScopesTable";
import { useAccounts } from "./useAccounts";
import css from "./Remedies.module.css";

/** Props of {@link MissingScopes}. */
export type MissingScopesProps = {
  /** The scopes that were looked at. */
  scopes: readonly ScopeLine[];
  /** What kept the scopes from being fine. */
  problem: AppError | null;
  /** The store hash. */
  hash: string;
  /** The text that the token came in names the same hash. */
  sameHash: boolean;
  /** Which of its two looks the control panel has. */
  layout: PanelLayout;
  /** It can be saved as it is. */
  canSave: boolean;
};

/** All scopes that are missing, and the one remedy there is. */
export function MissingScopes({ scopes, problem, hash, sameHash, layout, canSave }: MissingScopesProps) {
  const heading = useId();
  const accounts = useAccounts(hash, null);
  const unlocks = useUnlocks();
  const needs = scopes
    .filter(({ wanted }) => wanted)
    .map(({ scope, level }) => ({ scope, level }));
  const missing = scopes.filter(isMissing);
  return (
    <section className={css["panel"]} role="alert" aria-labelledby={heading}>
      <h2 id={heading} className={css["title"]}>
        {title(problem, missing.length)}
      </h2>
      {problem?.code === "noScopes" ? (
        <p className={css["more"]}>
          {t("remedy.noScopes.more")} {t(sameHash ? "remedy.noScopes.sameHash" : "remedy.noScopes.hash", { hash })}
        </p>
      ) : null}
      {problem?.code === "otherScopes" ? (
        <p className={css["more"]}>{t("remedy.otherScopes.more", { scopes: problem.scopes.map(scopeWord).join(", ") })}</p>
      ) : null}
      <p className={css["more"]}>
        <Words id="remedy.missing.more" values={{ n: needs.length }} components={{ 0: <strong /> }} />
      </p>
      <div className={css["list"]}>
        <div className={css["listHead"]}>
          {t("remedy.list")}
          <CopyWords text={scopeList(needs)}>{t("common.copy")}</CopyWords>
        </div>
        <ul>
          {needs.map(({ scope, level }) => {
            const line = missing.find((one) => one.scope === scope);
            return (
              <li key={scope} data-missing={line ? true : undefined}>
                <span>
                  {scopeWord(scope)}{" "}
                  {line ? (
                    <span className={css["was"]}>
                      {t(line.read === "missing" ? "remedy.was.none" : "remedy.was.readOnly")}
                    </span>
                  ) : null}
                </span>
                <span className={css["level"]} data-modify={level !== "readOnly" || undefined}>
                  {levelWord(level)}
                </span>
              </li>
            );
          })}
        </ul>
      </div>
      <div className={css["actions"]}>
        <Button
          size="tall"
          icon={<ExternalLink aria-hidden />}
          onPress={accounts.open}
        >
          {t("token.open")}
        </Button>
        <CopyWords size="tall" text={ownerMessage(needs, hash, layout)}>
          {t("remedy.copyOwner")}
        </CopyWords>
      </div>
      {accounts.error ? <Trouble error={accounts.error} /> : null}
      {canSave && missing.length > 0 ? (
        <>
          <h3 className={css["heading"]}>{t("remedy.less")}</h3>
          <ul className={css["off"]}>
            {missing.map((line) => (
              <li key={line.scope}>
                <Ban aria-hidden />
                {without(line, unlocks)}
              </li>
            ))}
            <li>
              <Check aria-hidden />
              {t("remedy.less.rest")}
            </li>
          </ul>
        </>
      ) : null}
    </section>
  );
}

function title(problem: AppError | null, missing: number): string {
  if (problem?.code === "noScopes") return t("remedy.noScopes");
  return problem?.code === "otherScopes" ? t("remedy.otherScopes") : t("remedy.missing", { n: missing });
}

/** What does not work without a scope. */
function without(line: ScopeLine, unlocks: ReturnType<typeof useUnlocks>): string {
  const level = line.read === "missing" ? "readOnly" : line.level;
  return scopeWords(unlocks(line.scope, level))?.without ?? t("remedy.less.other", { label: scopeWord(line.scope) });
}
