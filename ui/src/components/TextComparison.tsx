import { Fragment, useMemo, useState } from "react";
import { t } from "../i18n";
import { type Pair, type Stretch, compareTexts } from "../lib/compareTexts";
import { TextButton } from "./TextButton";
import css from "./TextComparison.module.css";

/** Props of {@link TextComparison}. */
export type TextComparisonProps = {
  /** What the text is: "Description". */
  label: string;
  /** As it was. */
  before: string;
  /** As it is, or will be. */
  after: string;
  /** What stands above each; "Before" and "After" if left out. */
  heads?: readonly [string, string];
};

type Stretching = { from: number; pairs: Pair[]; isFolded: boolean };

/** Pieces that are the same on both sides are folded, but for the one next to a difference. */
function fold(pairs: readonly Pair[]): Stretching[] {
  const runs: Stretching[] = [];
  const isNear = (at: number) => pairs[at - 1]?.isChanged || pairs[at]?.isChanged || pairs[at + 1]?.isChanged;
  pairs.forEach((pair, at) => {
    const last = runs.at(-1);
    const isFolded = !isNear(at);
    if (last && last.isFolded === isFolded) last.pairs.push(pair);
    else runs.push({ from: at, pairs: [pair], isFolded });
  });
  // One piece takes no more room than the line that would stand for it.
  return runs.map((run) => (run.pairs.length === 1 ? { ...run, isFolded: false } : run));
}

/** A break that was added or taken away can't be seen by itself. */
const visible = (text: string) => text.replaceAll("\n", "↵\n");

function Side({ stretches, isNew }: { stretches: readonly Stretch[]; isNew: boolean }) {
  const Mark = isNew ? "ins" : "del";
  return stretches.map(({ text, isChanged }, at) => (
    <Fragment key={at}>{isChanged ? <Mark>{visible(text)}</Mark> : text}</Fragment>
  ));
}

/** Two long texts side by side: what differs is marked, what does not is folded away. */
export function TextComparison({ label, before, after, heads }: TextComparisonProps) {
  const runs = useMemo(() => fold(compareTexts(before, after)), [before, after]);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const [one, other] = heads ?? [t("compare.before"), t("compare.after")];
  return (
    <table className={css["sides"]} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{one}</th>
          <th scope="col">{other}</th>
        </tr>
      </thead>
      <tbody data-selectable>
        {runs.map(({ from, pairs, isFolded }) =>
          isFolded && !unfolded.has(from) ? (
            <tr key={from}>
              <td colSpan={2} className={css["folded"]}>
                <TextButton size="small" onPress={() => setUnfolded((old) => new Set(old).add(from))}>
                  {t("compare.same", { n: pairs.length })}
                </TextButton>
              </td>
            </tr>
          ) : (
            pairs.map((pair, at) => (
              <tr key={from + at}>
                <td>
                  <Side stretches={pair.before} isNew={false} />
                </td>
                <td>
                  <Side stretches={pair.after} isNew />
                </td>
              </tr>
            ))
          ),
        )}
        {before === "" || after === "" ? (
          <tr>
            <td>{before === "" ? <span className={css["empty"]}>{t("common.empty")}</span> : null}</td>
            <td>{after === "" ? <span className={css["empty"]}>{t("common.empty")}</span> : null}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
