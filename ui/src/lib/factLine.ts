/** Longer than this a fact may be broken in two; a name can be as long as it likes. */
const wholeUpTo = 28;

/** Facts in a line, the empty ones left out. A line is broken between facts, never inside a short one like a date. */
export function factLine(facts: readonly (string | null | undefined)[]): string {
  return facts
    .flatMap((fact) => (fact ? [fact.length <= wholeUpTo ? fact.replaceAll(" ", "\u00a0") : fact] : []))
    .join(" · ");
}
