import { quantile } from "simple-statistics";

/**
 * The values within 1.5 interquartile ranges of the quartiles, which are interpolated linearly between the two nearest values (type 7 of
 * Hyndman and Fan, numpy's default). Never empty of values: where all of them lie so near to each other that rounding puts both
 * quartiles between two, all stay.
 */
export function withoutOutliers(values: readonly number[]): readonly number[] {
  const all = [...values];
  const low = quantile(all, 0.25);
  const high = quantile(all, 0.75);
  const reach = 1.5 * (high - low);
  const kept = all.filter((value) => value >= low - reach && value <= high + reach);
  return kept.length === 0 ? all : kept;
}
