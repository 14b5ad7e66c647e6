import { max, median, min, quantile } from "simple-statistics";
import { withoutOutliers } from "./outliers.ts";

/** What a box plot shows of values, in their own unit. */
export interface Box {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  /** The lowest and the highest value within 1.5 interquartile ranges of the quartiles. */
  readonly lowerWhisker: number;
  readonly upperWhisker: number;
}

/** Tukey's box of finite values; undefined when there are none. Quartiles are those of `summarize`. */
export function makeBox(values: readonly number[]): Box | undefined {
  if (values.length === 0) return undefined;
  const all = [...values];
  const lowerQuartile = quantile(all, 0.25);
  const upperQuartile = quantile(all, 0.75);
  const kept = [...withoutOutliers(all)];
  return {
    median: median(all),
    lowerQuartile,
    upperQuartile,
    // An interpolated quartile may lie beyond all values that are kept.
    lowerWhisker: Math.min(min(kept), lowerQuartile),
    upperWhisker: Math.max(max(kept), upperQuartile),
  };
}
