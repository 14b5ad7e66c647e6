// From where to where the axes of the chart of the last day go.

/** @import { ColdStartSeriesJson } from "../cold-starts-json.ts" */

/** How many times as large as the smallest value the largest is where the axis becomes logarithmic; as in the other plots. */
const LOGARITHMIC_SPAN = 20;
const SHORTEST_SPAN_SECONDS = 600;

/**
 * Heights can be compared on a linear axis, which begins at 0; what is too far apart for that is on a logarithmic one.
 * @param {readonly ColdStartSeriesJson[]} series @returns {uPlot.Scale}
 */
export function scaleOf(series) {
  const all = series.flatMap((one) => one.time_to_first_result_seconds);
  const ends = all.reduce(
    ({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }),
    { low: Infinity, high: 0 },
  );
  if (ends.low > 0 && ends.high / ends.low > LOGARITHMIC_SPAN) {
    return {
      distr: 3,
      range: (_, low, high) => [rounded(low, Math.floor), rounded(high, Math.ceil)],
    };
  }
  return { range: (_, _low, high) => [0, high * 1.1] };
}

/** To one digit, so that a logarithmic axis begins and ends at a tick. @param {number} value @param {(value: number) => number} round */
function rounded(value, round) {
  const digit = 10 ** Math.floor(Math.log10(value));
  return round(value / digit) * digit;
}

/**
 * What the reader has chosen, else up to now: that nothing succeeds any more is to be seen. Of a single moment uPlot makes a span of years.
 * @param {number} nowSeconds @returns {uPlot.Range.Function}
 */
export function rangeOfTime(nowSeconds) {
  return ({ data: [times] }, first, last) => {
    const isWhole = first === times[0] && (times.length === 1 || last === times.at(-1));
    return isWhole
      ? [Math.min(first, nowSeconds - SHORTEST_SPAN_SECONDS), nowSeconds]
      : [first, last];
  };
}
