import { Mark } from "../../components/Mark";
import { t } from "../../i18n";
import type { Grant, ScopeLine } from "../../ipc";
import { scopeWord } from "../../lib/scopes";
import css from "./CheckStep.module.css";

/** Props of {@link ScopesTable}. */
export type ScopesTableProps = {
  /** The scopes, in the control panel's order. */
  scopes: readonly ScopeLine[];
};

/** Whether something that the preset asks for is missing. */
export function isMissing(line: ScopeLine): boolean {
  return line.wanted && (line.read === "missing" || (line.wantsModify && line.write === "missing"));
}

/** Each scope, and whether the store answered. */
export function ScopesTable({ scopes }: ScopesTableProps) {
  return (
    <table className={css["table"]} aria-label={t("check.scopes")}>
      <thead>
        <tr>
          <th scope="col">{t("check.table.scope")}</th>
          <th scope="col" className={css["grantColumn"]}>
            {t("check.table.read")}
          </th>
          <th scope="col" className={css["grantColumn"]}>
            {t("check.table.write")}
          </th>
        </tr>
      </thead>
      <tbody>
        {scopes.filter(({ wanted }) => wanted).map((line) => (
          <tr key={line.scope} data-missing={isMissing(line) || undefined}>
            <td>{scopeWord(line.scope)}</td>
            <td>
              <GrantWord grant={line.read} />
            </td>
            <td>
              <GrantWord grant={line.write} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function GrantWord({ grant }: { grant: Grant }) {
  return (
    <span className={css["grant"]} data-grant={grant}>
      {mark(grant)}
      {t(`check.grant.${grant}`)}
    </span>
  );
}

function mark(grant: Grant) {
  switch (grant) {
    case "granted":
      return <Mark shape="tick" kind="ok" />;
    case "missing":
      return <Mark shape="cross" kind="bad" />;
    case "notChecked":
      return <Mark shape="ring" kind="idle" />;
    case "notNeeded":
      return null;
  }
}
