import { ChevronDown, Lock } from "lucide-react";
import { t } from "../../i18n";
import type { OfferedScope, PresetScope, ScopeName } from "../../ipc";
import { classes } from "../../lib/classes";
import css from "./ScopesPicture.module.css";

/** Props of {@link ScopesPicture}. */
export type ScopesPictureProps = {
  /** The scopes to tick. */
  scopes: readonly PresetScope[];
  /** Every scope that the control panel offers. */
  offered: readonly OfferedScope[];
  /** The store hash, for the address; empty if it is not known. */
  hash: string;
  /** Which of its two looks the control panel has. */
  layout: PanelLayout;
};

/** The control panel has been rearranged: stores with the older one find API accounts elsewhere. */
export type PanelLayout = "new" | "old";

/** Scopes that stand between those to tick, so that the picture looks like the page. */
const neighbors: ReadonlySet<ScopeName> = new Set([
  "content",
  "customersLogin",
  "marketing",
  "orderTransactions",
  "createPayments",
  "themes",
  "carts",
]);

/** The control panel's page on which an API account is created, drawn, with the very boxes to tick marked. */
export function ScopesPicture({ scopes, offered, hash, layout }: ScopesPictureProps) {
  const shown = offered.filter(({ scope }) => neighbors.has(scope) || scopes.some((one) => one.scope === scope));
  const said = scopes
    .map(({ label, modify }) => t("may.picture.tick", { label, level: t(modify ? "may.modify" : "may.readOnly") }))
    .join(", ");
  return (
    <div role="img" aria-label={t("may.picture", { ticks: said })} className={css["browser"]} data-layout={layout}>
      <div aria-hidden>
        <div className={css["top"]}>
          <svg viewBox="0 0 36 8" className={css["lights"]}>
            <circle cx="4" cy="4" r="4" />
            <circle cx="18" cy="4" r="4" />
            <circle cx="32" cy="4" r="4" />
          </svg>
          <span className={css["bar"]}>
            <Lock />
            <span className={css["address"]}>{t("picture.address.page", { hash: hash || "…" })}</span>
          </span>
        </div>
        <div className={css["page"]}>
          <p className={css["crumbs"]}>{t(`may.page.crumbs.${layout}`)}</p>
          <p className={css["title"]}>{t("may.page")}</p>
          {layout === "new" ? (
            <p className={css["field"]}>
              <span className={css["fieldName"]}>{t("may.page.type")}</span>
              <span className={css["fieldValue"]}>
                {t("may.page.type.value")}
                <ChevronDown />
              </span>
            </p>
          ) : null}
          <p className={css["field"]}>
            <span className={css["fieldName"]}>{t("may.page.name")}</span>
            <span className={css["fieldValue"]}>{t("may.page.name.value")}</span>
          </p>
          <div className={classes(css["row"], css["heads"])}>
            <span>{t("may.page.scopes")}</span>
            <span>{t("may.none")}</span>
            <span>{t("may.readOnly")}</span>
            <span>{t("may.modify")}</span>
            <span />
          </div>
          {shown.map(({ scope, label, readOnly, modify }) => {
            const at = scopes.findIndex((one) => one.scope === scope);
            const level = at < 0 ? "none" : scopes[at]?.modify ? "modify" : "readOnly";
            return (
              <div key={scope} className={classes(css["row"], at >= 0 && css["wanted"])}>
                <span className={css["label"]}>{label}</span>
                <Choice on={level === "none"} marked={false} there />
                <Choice on={level === "readOnly"} marked={level === "readOnly"} there={readOnly} />
                <Choice on={level === "modify"} marked={level === "modify"} there={modify} />
                <span>{at >= 0 ? <span className={css["dot"]}>{at + 1}</span> : null}</span>
              </div>
            );
          })}
          <p className={css["more"]}>…</p>
        </div>
        <div className={css["foot"]}>
          <span>{t("may.page.cancel")}</span>
          <span className={css["save"]}>{t("may.page.save")}</span>
        </div>
      </div>
    </div>
  );
}

function Choice({ on, marked, there }: { on: boolean; marked: boolean; there: boolean }) {
  return (
    <span className={classes(css["choice"], marked && css["marked"])}>
      {there ? <span className={classes(css["circle"], on && css["on"])} /> : null}
    </span>
  );
}
