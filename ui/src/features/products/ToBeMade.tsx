import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import css from "./ProductsScreen.module.css";

/** Props of {@link ToBeMade}. */
export type ToBeMadeProps = {
  /** The store's key. */
  store: string;
  /** The change whose panel is open: it says this of itself. */
  shown: string | null;
  /** Shows what becomes of the only one: the change that makes it. */
  onShow: (entry: string) => void;
  /** Shows all of them. */
  onShowAll: () => void;
};

/** Above the products: those that the store doesn't have yet, and that are in no list therefore. */
export function ToBeMade({ store, shown, onShow, onShowAll }: ToBeMadeProps) {
  const makings = useRead("makings", { store }).data;
  if (!makings || makings.entry === null) return null;
  const { waiting, underWay, entry, name } = makings;
  const n = waiting + underWay;
  if (n === 1 && entry === shown) return null;
  // What is under way may be in the store already, without an answer: nobody can say that it is being made.
  const words = underWay > 0 ? "products.toBeMade.onTheWay" : "products.toBeMade.waiting";
  return (
    <p className={css["toBeMade"]} role="status">
      <span>{t(words, { n, name })}</span>
      <TextButton size="small" onPress={() => (n === 1 ? onShow(entry) : onShowAll())}>
        {t("products.toBeMade.show", { n })}
      </TextButton>
    </p>
  );
}
