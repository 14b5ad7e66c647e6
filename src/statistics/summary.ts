import { max, mean, median, min, quantile } from "simple-statistics";
import { withoutOutliers } from "./outliers.ts";

/** What a handful of measurements comes to, in their own unit. */
export interface Summary {
  readonly count: number;
  /** Of all values. */
  readonly median: number;
  /** Of all values. */
  readonly p95: number;
  /** Of the values that are no outliers, as the next two. */
  readonly average: number;
  readonly min: number;
  readonly max: number;
  /** How many outliers there are: values more than 1.5 interquartile ranges below the first quartile or above the third. */
  readonly leftOut: number;
}

/**
 * Summarizes finite values; undefined when there are none. Quartiles and p95 are interpolated linearly between the two nearest
 * values (type 7 of Hyndman and Fan, numpy's default).
 */
export function summarize(values: readonly number[]): Summary | undefined {
  if (values.length === 0) return undefined;
  const all = [...values];
  const kept = [...withoutOutliers(all)];
  return {
    count: all.length,
    median: median(all),
    p95: quantile(all, 0.95),
    average: mean(kept),
    min: min(kept),
    max: max(kept),
    leftOut: all.length - kept.length,
  };
}
