import { normalDistribution, wilcoxonRankSum } from "simple-statistics";

/** The test of Mann and Whitney: whether values of two independent samples are of one size. */
export interface MannWhitney {
  /** In how many of all pairs the value of b is above that of a; equal ones count a half. */
  readonly u: number;
  /** How likely samples at least so far apart are when both come from one distribution, in either direction. */
  readonly p: number;
  /** How likely it is that b is so far above a, or further, when both come from one distribution. */
  readonly pAbove: number;
}

/**
 * Compares finite values; neither sample may be empty. The probabilities are those of the normal distribution, with its correction for
 * continuity and for ties (scipy's `method="asymptotic"`): good from eight values each up. They take the values of a sample to be
 * independent of each other.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitney {
  const u = wilcoxonRankSum([...b], [...a]) - (b.length * (b.length + 1)) / 2;
  const excess = u - (a.length * b.length) / 2;
  const deviation = deviationOfU(a, b);
  // Nothing but equal values: nothing speaks for a difference.
  if (deviation === 0) return { u, p: 1, pAbove: 1 };
  return {
    u,
    p: Math.min(1, 2 * upperTail((Math.abs(excess) - 0.5) / deviation)),
    pAbove: upperTail((excess - 0.5) / deviation),
  };
}

/** The standard deviation of U when both come from one distribution; 0 when all values are equal. */
function deviationOfU(a: readonly number[], b: readonly number[]): number {
  const count = a.length + b.length;
  const ties = countEqual([...a, ...b]).reduce((sum, equal) => sum + equal ** 3 - equal, 0);
  const spread = count + 1 - ties / (count * (count - 1));
  return Math.sqrt(Math.max(0, (a.length * b.length * spread) / 12));
}

function countEqual(values: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
}

/** From the other end, where the library's digits are not lost beside a 1. */
function upperTail(z: number): number {
  return normalDistribution(-z, 0, 1, true);
}
