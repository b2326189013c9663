import { t } from "../../i18n";
import { useStoreState } from "../../ipc";
import { isSearchable } from "../../lib/found";
import css from "./Palette.module.css";
import type { FoundHere, FoundKind } from "./useFound";

/** Props of {@link FoundSaid}. */
export type FoundSaidProps = {
  /** The store that was looked through. */
  store: string;
  /** What was looked for. */
  text: string;
  /** What came of it. */
  found: FoundHere;
  /** Nothing is shown above: no command either. */
  isNothing: boolean;
};

/** The kinds as a word's choice names them: `op` for orders and products. */
const choice = (kinds: readonly FoundKind[]) => kinds.map((kind) => kind.slice(0, 1)).join("");

/** Below the list: what was looked for in vain, where, and what could not be looked through. */
export function FoundSaid({ store, text, found: { looked, failed }, isNothing }: FoundSaidProps) {
  const state = useStoreState(store);
  // What the token may not read is not missing here: it was not looked through.
  const isWhole =
    state?.areas.every(({ isComplete, outOfReach }) => isComplete || outOfReach?.code === "missingScope") ?? true;
  return (
    <>
      {isNothing ? (
        <p className={css["nothing"]}>
          {looked.length > 0
            ? t("palette.nothing.found", { kinds: choice(looked), text: text.trim() })
            : t("palette.nothing", { text })}{" "}
          {looked.length > 0 ? t(isWhole ? "palette.nothing.parts" : "palette.nothing.pulling") : null}{" "}
          {looked.includes("orders") ? <>{t("palette.nothing.unfinished")} </> : null}
          {isSearchable(text) ? null : t("palette.nothing.short")}
        </p>
      ) : null}
      {failed.length > 0 ? <p className={css["failed"]}>{t("palette.failed", { kinds: choice(failed) })}</p> : null}
    </>
  );
}
