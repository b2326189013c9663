import { t } from "../../i18n";
import { classes } from "../../lib/classes";
import css from "./CredentialsPicture.module.css";

/** BigCommerce's pop-up after an API account was saved, drawn, with the line to copy marked. */
export function CredentialsPicture() {
  const lines = [t("hand.pop.path"), t("hand.pop.id"), t("hand.pop.secret"), t("hand.pop.token")];
  return (
    <div role="img" aria-label={t("hand.pop.picture")} className={css["popup"]}>
      <div aria-hidden>
        <p className={css["title"]}>{t("hand.pop")}</p>
        {lines.map((line, at) => (
          <div key={line} className={classes(css["line"], at === lines.length - 1 && css["marked"])}>
            <span className={css["name"]}>{line}</span>
            <svg viewBox="0 0 10 10" preserveAspectRatio="none" className={css["value"]}>
              <rect width="10" height="10" />
            </svg>
          </div>
        ))}
        <div className={css["foot"]}>
          <span className={css["file"]}>BigCommerceAPI-credentials-….txt</span>
          <span className={css["done"]}>{t("hand.pop.done")}</span>
        </div>
      </div>
    </div>
  );
}
