import { History } from "lucide-react";
import { TextButton } from "../../components/TextButton";
import { t } from "../../i18n";
import { useRead } from "../../ipc";
import { useOffer } from "../../lib/actions";
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
  const { waiting = 0, underWay = 0, entry = null, name = "" } = makings ?? {};
  const n = waiting + underWay;
  const saysNothing = entry === null || (n === 1 && entry === shown);
  // What is under way may be in the store already, without an answer: nobody can say that it is being made.
  const words = t(underWay > 0 ? "products.toBeMade.onTheWay" : "products.toBeMade.waiting", { n, name });
  const show = () => (n === 1 && entry !== null ? onShow(entry) : onShowAll());
  useOffer("screen", () =>
    saysNothing
      ? []
      : [
          {
            id: "to-be-made",
            group: t("palette.list"),
            label: t("products.toBeMade.show", { n }),
            more: words,
            icon: <History aria-hidden />,
            run: show,
          },
        ],
  );
  if (saysNothing) return null;
  return (
    <p className={css["toBeMade"]} role="status">
      <span>{words}</span>
      <TextButton size="small" onPress={show}>
        {t("products.toBeMade.show", { n })}
      </TextButton>
    </p>
  );
}
