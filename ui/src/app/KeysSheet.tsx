import { useMemo } from "react";
import { Button } from "../components/Button";
import { Keys } from "../components/Keys";
import { Section } from "../components/Section";
import { Sheet } from "../components/Sheet";
import { t, type WordKey } from "../i18n";
import type { Offers } from "../lib/actions";
import { isMac } from "../lib/platform";
import { shownKeys } from "../lib/shortcuts";
import css from "./KeysSheet.module.css";

/** Props of {@link KeysSheet}. */
export type KeysSheetProps = {
  /** Everything that can be done. */
  offers: Offers;
  /** Closes it. */
  onClose: () => void;
};

type Line = { id: string; label: string; keys: readonly string[] };

/** Keys of every list; the list itself hears them while a row has the focus. */
const listKeys: readonly (readonly [WordKey, readonly string[]])[] = [
  ["keys.rows", ["↑", "↓"]],
  ["keys.open", ["Enter"]],
  ["keys.tick", ["Space"]],
  ["keys.tickOn", ["Shift", "↓"]],
  ["keys.first", ["Home"]],
  ["keys.last", ["End"]],
  ["keys.width", [isMac ? "⌥" : "Alt", "→"]],
  ["keys.close", ["Esc"]],
];

/** Every shortcut that works just now, by what it is for. */
export function KeysSheet({ offers, onClose }: KeysSheetProps) {
  const groups = useMemo(() => {
    const made = new Map<string, Line[]>();
    for (const { id, group, label, keys } of offers.all()) {
      if (keys) made.set(group, [...(made.get(group) ?? []), { id, label, keys: shownKeys(keys) }]);
    }
    const lists = listKeys.map(([word, keys]) => ({ id: word, label: t(word), keys }));
    return [...made, [t("keys.lists"), lists] as const];
  }, [offers]);
  return (
    <Sheet
      title={t("keys.title")}
      subtitle={t("keys.more")}
      onClose={onClose}
      plain
      footer={
        <Button size="tall" onPress={onClose}>
          {t("common.close")}
        </Button>
      }
    >
      {groups.map(([group, lines]) => (
        <Section key={group} title={group} sides="wide">
          <dl className={css["lines"]}>
            {lines.map(({ id, label, keys }) => (
              <div key={id} className={css["line"]}>
                <dt>{label}</dt>
                <dd>
                  <span className={css["said"]}>{keys.join(" ")}</span>
                  <Keys keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      ))}
    </Sheet>
  );
}
