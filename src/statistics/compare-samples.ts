import { median } from "simple-statistics";
import { mannWhitney } from "./mann-whitney.ts";

/** With fewer samples nothing is said. */
export const MINIMUM_SAMPLES = 20;

/** A difference has to be less likely than this to come by chance. */
const SIGNIFICANT = 0.01;

/** Whether the second sample is higher than the first. */
export type Judgement = "higher" | "lower" | "not_higher" | "inconclusive";

/** Two samples of one quantity, compared; what needs a value of each is left out without. */
export interface SampleComparison {
  readonly counts: readonly [a: number, b: number];
  readonly medians: readonly [a: number | undefined, b: number | undefined];
  /** Of the medians, b over a; left out where a's is 0. */
  readonly ratio: number | undefined;
  readonly u: number | undefined;
  /** That both are one distribution, two-sided. */
  readonly p: number | undefined;
  /** That the higher one is higher by no more than the threshold, one-sided. */
  readonly pWithin: number | undefined;
  readonly judgement: Judgement;
}

/**
 * Compares values of 0 and up. `higher` is a ratio of medians of at least the threshold, with a probability under 1 % that b is no
 * more than the threshold times a: the level of starts wanders by some percent, so that two samples are seldom of one
 * distribution, and that they are not says nothing. `lower` is the same with a and b in each other's place. A ratio that reaches the
 * threshold without that is `inconclusive`, and so is all with fewer than 20 samples.
 */
export function compareSamples(
  a: readonly number[],
  b: readonly number[],
  threshold: number,
): SampleComparison {
  const counts = [a.length, b.length] as const;
  if (a.length === 0 || b.length === 0) {
    const medians = [medianOf(a), medianOf(b)] as const;
    const unknown = { ratio: undefined, u: undefined, p: undefined, pWithin: undefined };
    return { counts, medians, ...unknown, judgement: "inconclusive" };
  }
  const medians = [median([...a]), median([...b])] as const;
  const [low, high] = medians[1] >= medians[0] ? [a, b] : [b, a];
  const { u, p } = mannWhitney(a, b);
  const pWithin = mannWhitney(
    low.map((value) => value * threshold),
    high,
  ).pAbove;
  return {
    counts,
    medians,
    ratio: medians[0] === 0 ? undefined : medians[1] / medians[0],
    u,
    p,
    pWithin,
    judgement: judge({ counts, medians, pWithin, threshold }),
  };
}

function medianOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : median([...values]);
}

interface Evidence {
  readonly counts: readonly [number, number];
  readonly medians: readonly [number, number];
  readonly pWithin: number;
  readonly threshold: number;
}

function judge({ counts, medians: [a, b], pWithin, threshold }: Evidence): Judgement {
  if (Math.min(...counts) < MINIMUM_SAMPLES) return "inconclusive";
  const apart = a !== b && Math.max(a, b) >= threshold * Math.min(a, b);
  if (!apart) return "not_higher";
  if (pWithin >= SIGNIFICANT) return "inconclusive";
  return b > a ? "higher" : "lower";
}
