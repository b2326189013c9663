import { t } from "../../i18n";
import type { SalesFigures } from "../../ipc";
import { money } from "../../lib/money";
import { percentOf } from "./change";
import css from "./SalesFacts.module.css";

/** Props of {@link SalesFacts}. */
export type SalesFactsProps = {
  /** What is made of the sales, in the currency that is shown. */
  figures: SalesFigures;
};

/** What an order came to on average, and what went back. What isn't known is left out. */
export function SalesFacts({ figures: { average, refunded, refundedThousandths } }: SalesFactsProps) {
  if (!average && !refunded) return null;
  return (
    <dl className={css["facts"]} data-selectable>
      {average ? (
        <div>
          <dt>{t("home.sales.average")}</dt> <dd>{money(average)}</dd>
        </div>
      ) : null}
      {refunded ? (
        <div>
          <dt>{t("home.sales.refunded")}</dt> <dd>{money(refunded)}</dd>{" "}
          {refundedThousandths ? (
            <dd className={css["share"]}>
              {t("home.sales.refunded.share", { percent: percentOf(refundedThousandths) })}
            </dd>
          ) : null}
        </div>
      ) : null}
    </dl>
  );
}
