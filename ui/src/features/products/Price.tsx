import { t } from "../../i18n";
import type { MoneyDto } from "../../ipc";
import { money } from "../../lib/money";
import css from "./Price.module.css";

/** Props of {@link Price}. */
export type PriceProps = {
  /** Before any sale. */
  price: MoneyDto;
  /** During a sale. */
  sale: MoneyDto | null;
};

/** What something costs; during a sale also what it cost before. */
export function Price({ price, sale }: PriceProps) {
  if (sale === null) return <span className={css["price"]}>{money(price)}</span>;
  return (
    <span className={css["price"]}>
      <s className={css["before"]} aria-hidden>
        {money(price)}
      </s>
      <span className={css["said"]}>{t("price.regular", { price: money(price) })}, </span>
      <span aria-hidden>{money(sale)}</span>
      <span className={css["said"]}>{t("price.sale", { price: money(sale) })}</span>
    </span>
  );
}
