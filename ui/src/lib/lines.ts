const anyEnd = /\r\n|\r|\n/g;

/** The text as a text field holds it: whatever ends a line becomes `\n`. */
export function plainLines(text: string): string {
  return text.replaceAll(anyEnd, "\n");
}

/** Places in `text` of every line end, and what it is. */
function endsOf(text: string): string[] {
  return text.match(anyEnd) ?? [];
}

const count = (text: string) => text.split("\n").length - 1;

/** What most lines of the text end with; `\n` for a single line. */
function usualEnd(ends: readonly string[]): string {
  const often = (end: string) => ends.filter((one) => one === end).length;
  const ranked = ["\n", "\r\n", "\r"].toSorted((one, other) => often(other) - often(one));
  return ranked[0] ?? "\n";
}

/**
 * What was typed over `before` in a text field, which knows only `\n`, with the line ends that `before` had: those
 * of the lines before and behind the edit stay to the byte, new ones end like most of the others.
 */
export function keepLineEnds(before: string, typed: string): string {
  const old = plainLines(before);
  if (old === typed) return before;
  const ends = endsOf(before);
  let start = 0;
  while (start < old.length && start < typed.length && old[start] === typed[start]) start += 1;
  let behind = 0;
  const most = Math.min(old.length, typed.length) - start;
  while (behind < most && old[old.length - 1 - behind] === typed[typed.length - 1 - behind]) behind += 1;

  const leading = count(typed.slice(0, start));
  const inside = count(typed.slice(start, typed.length - behind));
  const usual = usualEnd(ends);
  const trailing = count(typed) - leading - inside;
  const kept = [
    ...ends.slice(0, leading),
    ...Array.from({ length: inside }, () => usual),
    ...(trailing > 0 ? ends.slice(-trailing) : []),
  ];
  let at = 0;
  return typed.replaceAll("\n", () => kept[at++] ?? usual);
}
