import type { Action } from "../../lib/actions";

/** An action that was found, and the parts of its name that were looked for. */
export type Hit = {
  /** The action. */
  action: Action;
  /** From and to of each part, in order, none over another. */
  parts: readonly (readonly [number, number])[];
};

/** A group of hits under one heading. */
export type HitGroup = {
  /** Tells it from the others: what was found may stand under the same heading as what can be done. */
  id: string;
  /** The heading. */
  group: string;
  /** What was found under it, the best first. */
  hits: readonly Hit[];
};

const splitter = /[\s:,./()]+/;

/** How well a word fits: the beginning of the name, of one of its words, in the name, elsewhere, not at all. */
function fit(word: string, label: string, elsewhere: string): number | null {
  if (label.startsWith(word)) return 0;
  if (label.split(splitter).some((part) => part.startsWith(word))) return 1;
  if (label.includes(word)) return 2;
  return elsewhere.includes(word) ? 3 : null;
}

/** Where a word is in a name: at the beginning of one of its words if it can be. */
function placeOf(word: string, label: string): number {
  for (let at = label.indexOf(word); at >= 0; at = label.indexOf(word, at + 1)) {
    if (at === 0 || splitter.test(label[at - 1] ?? "")) return at;
  }
  return label.indexOf(word);
}

function partsOf(label: string, words: readonly string[]): [number, number][] {
  const parts: [number, number][] = [];
  for (const word of words) {
    const at = placeOf(word, label);
    if (at >= 0) parts.push([at, at + word.length]);
  }
  const joined: [number, number][] = [];
  for (const [from, to] of parts.toSorted(([one], [other]) => one - other)) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Things that were found by other means, with what of the text is in their names. */
export function asHits(found: readonly Action[], text: string): HitGroup[] {
  const groups = new Map<string, Hit[]>();
  for (const action of found) {
    const hit = { action, parts: partsOf(action.label.toLowerCase(), wordsOf(text)) };
    groups.set(action.group, [...(groups.get(action.group) ?? []), hit]);
  }
  return [...groups].map(([group, hits]) => ({ id: `found-${group}`, group, hits }));
}

/**
 * Actions in whose name, group or further words every word of the text is found. Without a text all of them,
 * in their own order; else the best first, together with its group.
 */
export function findActions(actions: readonly Action[], text: string): HitGroup[] {
  const words = wordsOf(text);
  const groups = new Map<string, { best: number; hits: (Hit & { score: number })[] }>();
  for (const action of actions) {
    const label = action.label.toLowerCase();
    const elsewhere = `${action.group} ${action.more ?? ""} ${action.words ?? ""}`.toLowerCase();
    const fits = words.map((word) => fit(word, label, elsewhere));
    if (fits.includes(null)) continue;
    // What can't be done now is worth finding, though behind what can.
    const off = words.length > 0 && action.offBecause ? 10 : 0;
    const score = fits.reduce<number>((sum, one) => sum + (one ?? 0), off);
    const group = groups.get(action.group) ?? { best: score, hits: [] };
    group.best = Math.min(group.best, score);
    group.hits.push({ action, parts: partsOf(label, words), score });
    groups.set(action.group, group);
  }
  // Sorting keeps the order of equals, so without words nothing moves.
  return [...groups]
    .toSorted(([, one], [, other]) => one.best - other.best)
    .map(([group, { hits }]) => ({ id: group, group, hits: hits.toSorted((one, other) => one.score - other.score) }));
}
