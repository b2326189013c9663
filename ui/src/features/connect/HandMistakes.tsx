import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { t } from "../../i18n";
import type { HandFrom, HandMistake, HandedOver } from "../../ipc";
import { troubleWords } from "../../lib/trouble";
import type { HandKind } from "./useHandover";

/** Props of {@link HandMistakes}. */
export type HandMistakesProps = {
  /** What was found. */
  handed: HandedOver;
  /** Where it came from. */
  from: HandKind | null;
  /** Hands over from somewhere. */
  onHand: (from: HandFrom) => void;
  /** Takes this store for the one that is meant. */
  onUseStore: (hash: string) => void;
};

/** What keeps credentials from being checked, each with its one next step. */
export function HandMistakes({ handed, from, onHand, onUseStore }: HandMistakesProps) {
  // The first says what to do; the others would be put right along with it, or come up again.
  const [first] = handed.mistakes;
  if (!first) return null;
  return (
    <Notice title={title(first)} gravity={gravity(first)} announce action={action(first, from, onHand, onUseStore)}>
      {more(first, handed)}
    </Notice>
  );
}

function title(mistake: HandMistake): string {
  switch (mistake.code) {
    case "token":
      return troubleWords({ code: "tokenMistake", mistake: mistake.mistake }).cause;
    case "noStore":
      return t("hand.noStore");
    case "otherStore":
      return t("hand.otherStore");
    case "severalStores":
      return t("hand.severalStores");
    case "file":
      return t(`hand.file.${mistake.trouble}`);
  }
}

function more(mistake: HandMistake, handed: HandedOver): string {
  switch (mistake.code) {
    case "token": {
      const words = troubleWords({ code: "tokenMistake", mistake: mistake.mistake }).more;
      // A file that was read is named: in a full folder it may have been the one beside.
      const which = handed.fileName ? `${t("hand.inFile", { name: handed.fileName })} ` : "";
      return mistake.mistake === "empty" ? `${which}${words}` : `${which}${words} ${t("token.nothingKept")}`;
    }
    case "noStore":
      return t("hand.noStore.more", { last4: handed.last4 || "none" });
    case "otherStore":
      return t("hand.otherStore.more", { wanted: mistake.wanted, found: mistake.found });
    case "severalStores":
      return mistake.wanted === null
        ? t("hand.severalStores.more", { last4: handed.last4 || "none" })
        : t("hand.severalStores.others", { wanted: mistake.wanted, found: mistake.found.join(", ") });
    case "file":
      return t("hand.file.more", { name: handed.fileName ?? "" });
  }
}

function gravity(mistake: HandMistake) {
  switch (mistake.code) {
    case "token":
    case "file":
      return "bad";
    case "noStore":
    case "otherStore":
    case "severalStores":
      return "warn";
  }
}

function action(
  mistake: HandMistake,
  from: HandKind | null,
  onHand: (from: HandFrom) => void,
  onUseStore: (hash: string) => void,
) {
  if (mistake.code === "otherStore") {
    return <Button onPress={() => onUseStore(mistake.found)}>{t("hand.otherStore.do", { found: mistake.found })}</Button>;
  }
  if (mistake.code === "severalStores" && mistake.found.length <= 3) {
    return mistake.found.map((found) => (
      <Button key={found} onPress={() => onUseStore(found)}>
        {t("hand.otherStore.do", { found })}
      </Button>
    ));
  }
  if (mistake.code === "noStore" || mistake.code === "severalStores") return null;
  if (from === "clipboard") return <Button onPress={() => onHand({ kind: "clipboard" })}>{t("hand.again.paste")}</Button>;
  if (from === "chosen" || from === "dropped") {
    return <Button onPress={() => onHand({ kind: "chosen" })}>{t("hand.again.choose")}</Button>;
  }
  return null;
}
