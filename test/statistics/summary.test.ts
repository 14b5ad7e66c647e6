import * as fc from "fast-check";
import { quantile } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { summarize } from "../../src/statistics/summary.ts";

// From numpy 2.4.6: numpy.percentile(values, [25, 50, 75, 95]), its default method.
const numpyQuartiles = [
  { values: [1, 2, 3, 4], expected: [1.75, 2.5, 3.25, 3.85] },
  { values: [15, 20, 35, 40, 50], expected: [20, 35, 40, 48] },
  { values: [3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20], expected: [7.5, 9, 14, 18] },
  { values: [2, 1], expected: [1.25, 1.5, 1.75, 1.95] },
  { values: [7], expected: [7, 7, 7, 7] },
];

describe("the library's quantile", () => {
  test.each(numpyQuartiles)("interpolates $values as numpy does", ({ values, expected }) => {
    const got = [0.25, 0.5, 0.75, 0.95].map((share) => quantile(values, share));
    got.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 12));
  });

  test("is the value at the interpolated rank, whatever the order", () => {
    fc.assert(
      fc.property(finiteValues, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        expect(quantile(values, share)).toBeCloseTo(interpolate(values, share), 6);
      }),
    );
  });
});

describe("summarize", () => {
  test("nothing has no summary", () => {
    expect(summarize([])).toBeUndefined();
  });

  test("one value is its own summary", () => {
    const summary = { count: 1, median: 3, p95: 3, average: 3, min: 3, max: 3, leftOut: 0 };
    expect(summarize([3])).toEqual(summary);
  });

  test("average, min and max are without outliers, count, median and p95 with them", () => {
    const summary = summarize([10, 11, 12, 13, 14, 1000]);
    expect(summary).toEqual({
      count: 6,
      median: 12.5,
      p95: 753.5,
      average: 12,
      min: 10,
      max: 14,
      leftOut: 1,
    });
  });

  test("an outlier below is left out too", () => {
    expect(summarize([-500, 10, 11, 12, 13, 14])).toMatchObject({ min: 10, max: 14, leftOut: 1 });
  });

  test("a value at 1.5 interquartile ranges is not left out, one just over it is", () => {
    // The quartiles of 0, 1, 2, 3, x are 1 and 3 for any x over 3: the fence is at 6.
    expect(summarize([0, 1, 2, 3, 6])).toMatchObject({ max: 6, leftOut: 0 });
    expect(summarize([0, 1, 2, 3, 6.001])).toMatchObject({ max: 3, leftOut: 1 });
  });

  test("equal values are no outliers", () => {
    expect(summarize([5, 5, 5, 5])).toMatchObject({ average: 5, leftOut: 0 });
  });

  test("its input is neither sorted nor changed", () => {
    const values = Object.freeze([3, 1, 2]);
    summarize(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test("neighbouring numbers, between which rounding puts both quartiles, are no outliers", () => {
    const neighbours = [1e-9, 1.000_000_000_000_000_5e-9];
    expect(summarize(neighbours)).toMatchObject({ leftOut: 0, min: 1e-9, max: neighbours[1] });
  });

  test("the figures are in order and the average is among the values", () => {
    fc.assert(
      fc.property(finiteValues, (values) => {
        const summary = summarize(values);
        expect(summary).toBeDefined();
        if (summary === undefined) return;
        const slack = 1e-9 * Math.max(1, Math.abs(summary.min), Math.abs(summary.max));
        expect(summary.min - slack).toBeLessThanOrEqual(summary.average);
        expect(summary.average).toBeLessThanOrEqual(summary.max + slack);
        expect(summary.median).toBeLessThanOrEqual(summary.p95 + slack);
        expect(summary.leftOut).toBeLessThan(summary.count);
      }),
    );
  });
});

const finiteValues = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 60,
});

function interpolate(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = (sorted.length - 1) * share;
  const below = sorted[Math.floor(rank)] ?? Number.NaN;
  const above = sorted[Math.ceil(rank)] ?? Number.NaN;
  return below + (above - below) * (rank - Math.floor(rank));
}
