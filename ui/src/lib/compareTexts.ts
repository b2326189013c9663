import { diffArrays, diffWordsWithSpace } from "diff";

/** A stretch of a piece, and whether the other text lacks it. */
export type Stretch = { text: string; isChanged: boolean };

/** Pieces that stand side by side. Empty where one of the texts has nothing in this place. */
export type Pair = {
  /** They differ. */
  isChanged: boolean;
  /** Of the text before. */
  before: Stretch[];
  /** Of the text after. */
  after: Stretch[];
};

/** A piece of unbroken text is not longer than about this. */
const longPiece = 240;
/** More differences than this within a piece, or between pieces, are not told apart: the whole has changed. */
const mostEdits = 1500;

/** Lines; those of HTML, and those that are long, also end after a block of it or after a sentence. */
const ends = /(?<=\n|<\/(?:p|div|li|ul|ol|tr|table|h[1-6]|section|blockquote)>(?!\n)|<br ?\/?>(?!\n))/giu;
const sentences = /(?<=[.!?;] )/u;

/** A text in pieces to be compared; one after the other they are the text. */
export function piecesOf(text: string): string[] {
  return text.split(ends).flatMap((line) => (line.length > longPiece ? line.split(sentences) : [line])).filter(Boolean);
}

const whole = (text: string | undefined, isChanged: boolean): Stretch[] => (text ? [{ text, isChanged }] : []);

function changed(before: string | undefined, after: string | undefined): Pair {
  const apart = { isChanged: true, before: whole(before, true), after: whole(after, true) };
  if (before === undefined || after === undefined) return apart;
  const words = diffWordsWithSpace(before, after, { maxEditLength: mostEdits });
  if (!words) return apart;
  const kept = words.filter(({ added, removed }) => !added && !removed).reduce((sum, { value }) => sum + value.length, 0);
  // Where next to nothing is left, marking single words that happen to be the same only confuses.
  if (kept * 4 < Math.max(before.length, after.length)) return apart;
  return {
    isChanged: true,
    before: words.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, isChanged: removed })),
    after: words.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, isChanged: added })),
  };
}

/** Two texts side by side, with what differs marked. Read from top to bottom, each side is the whole of its text. */
export function compareTexts(before: string, after: string): Pair[] {
  const [old, now] = [piecesOf(before), piecesOf(after)];
  const parts = diffArrays(old, now, { maxEditLength: mostEdits }) ?? [
    { value: old, removed: true, added: false, count: old.length },
    { value: now, removed: false, added: true, count: now.length },
  ];
  const pairs: Pair[] = [];
  let gone: string[] = [];
  const flush = (come: string[]) => {
    for (let at = 0; at < Math.max(gone.length, come.length); at += 1) pairs.push(changed(gone[at], come[at]));
    gone = [];
  };
  for (const { value, added, removed } of parts) {
    if (removed) {
      gone = value;
    } else if (added) {
      flush(value);
    } else {
      flush([]);
      pairs.push(...value.map((text) => ({ isChanged: false, before: whole(text, false), after: whole(text, false) })));
    }
  }
  flush([]);
  return pairs;
}

/** A text that is compared side by side, as a name or an amount need not be. */
export const isLongText = (text: string): boolean => text.length > 80 || text.includes("\n");
