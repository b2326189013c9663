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

/** What an order came to on average, and what went back. What isn't known is left out; what is known in part says so. */
export function SalesFacts({
  figures: { average, refunded, refundedUnknown, refundedThousandths },
}: SalesFactsProps) {
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
          <dt>{t("home.sales.refunded")}</dt>{" "}
          <dd>{refundedUnknown ? t("home.sales.refunded.atLeast", { sum: money(refunded) }) : money(refunded)}</dd>{" "}
          {refundedUnknown ? (
            <dd className={css["share"]} title={t("home.sales.refunded.unknown.why", { n: refundedUnknown })}>
              {t("home.sales.refunded.unknown", { n: refundedUnknown })}
            </dd>
          ) : null}
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
