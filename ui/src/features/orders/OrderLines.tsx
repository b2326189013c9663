import { Picture } from "../../components/Picture";
import { Section } from "../../components/Section";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { type OrderLineDto, pictureFor } from "../../ipc";
import { classes } from "../../lib/classes";
import { compareDecimals, minus, writeDecimal } from "../../lib/decimals";
import { useGo } from "../../lib/go";
import { isZero, money, negated } from "../../lib/money";
import css from "./OrderLines.module.css";

/** Props of {@link OrderLines}. */
export type OrderLinesProps = {
  /** The store's key. */
  store: string;
  /** The order's lines. */
  lines: readonly OrderLineDto[];
  /** How many pieces the order has: of a line there may be several. */
  pieces: number;
  /** Nothing of it will be shipped any more. */
  isOver: boolean;
};

const pictureSize = 36;
const isSome = (amount: string) => compareDecimals(amount, "0") > 0;

/** What has become of a line: what is still to ship, what went out, what was refunded. */
function fate({ quantity, shipped, refunded }: OrderLineDto, isOver: boolean): { words: string; toDo: boolean }[] {
  const left = minus(minus(quantity, shipped), refunded);
  const all = compareDecimals(shipped, quantity) === 0;
  return [
    ...(isSome(left) && !isOver ? [{ words: t("order.line.toShip", { n: writeDecimal(left) }), toDo: true }] : []),
    ...(isSome(shipped)
      ? [{ words: all ? t("order.line.allShipped") : t("order.line.shipped", { n: writeDecimal(shipped) }), toDo: false }]
      : []),
    ...(isSome(refunded) ? [{ words: t("order.line.refunded", { n: writeDecimal(refunded) }), toDo: false }] : []),
  ];
}

/** What was ordered, with pictures, and what has been shipped or refunded of each. */
export function OrderLines({ store, lines, pieces, isOver }: OrderLinesProps) {
  const go = useGo();
  return (
    <Section title={t("order.lines")} count={pieces}>
      <ul className={css["lines"]}>
        {lines.map((line) => {
          const { product } = line;
          const options = line.options.map(({ value }) => value).join(" / ");
          const asked = line.options.map(({ name, value }) => `${name}: ${value}`).join(", ");
          return (
            <li key={line.id} className={css["line"]}>
              <Picture
                address={product === null ? null : pictureFor(store, product, line.picture, pictureSize)}
                name={line.name}
                size={pictureSize}
              />
              <div className={css["what"]}>
                {product === null ? (
                  <p className={css["name"]} data-selectable>
                    {line.name}
                  </p>
                ) : (
                  <p className={css["name"]}>
                    <TextButton onPress={() => go.products(store, { show: "all", open: product })}>{line.name}</TextButton>
                  </p>
                )}
                {options || line.sku ? (
                  <p className={css["aside"]} title={asked} data-selectable>
                    {[options, line.sku].filter(Boolean).join(" · ")}
                  </p>
                ) : null}
              </div>
              <p className={css["fate"]}>
                {fate(line, isOver).map(({ words, toDo }) => (
                  <span key={words} className={classes(toDo && css["toDo"])}>
                    {words}
                  </span>
                ))}
              </p>
              <div className={css["money"]}>
                <p>{money(line.total)}</p>
                <p className={css["aside"]}>
                  {t("order.line.each", { n: writeDecimal(line.quantity), price: money(line.unitPrice) })}
                </p>
                {isZero(line.discount) ? null : (
                  <p className={css["aside"]}>{t("order.line.discount", { amount: money(negated(line.discount)) })}</p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
