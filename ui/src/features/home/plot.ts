import type { MoneyDto } from "../../ipc";

/**
 * An amount as a length. Only for drawing: a figure that is read is never made from it.
 */
export function lengthOf({ amount }: MoneyDto): number {
  const length = Number(amount);
  return Number.isFinite(length) && length > 0 ? length : 0;
}

/** Round steps, so that lines of a plot stand at figures that are easy to read. */
const rounds = [1, 2, 2.5, 5, 10];

/** Where a plot's lines stand: from 0 in equal round steps to just above the greatest length, three to five of them. */
export function linesFor(greatest: number): number[] {
  if (!(greatest > 0)) return [0, 1];
  const rough = greatest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rounds.find((round) => round * power >= rough * 0.999) ?? 10);
  const count = Math.ceil((greatest / step) * 0.999999);
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/** Which of so many bars are named below: so many apart that names don't touch, counted back from the last but one week. */
export function namedBars(count: number): ReadonlySet<number> {
  const apart = count > 14 ? 7 : 1;
  const last = count - 1;
  const named = new Set([last]);
  for (let at = last - apart; at >= 0; at -= apart) named.add(at);
  return named;
}
