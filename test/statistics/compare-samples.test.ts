import { describe, expect, test } from "vitest";
import { compareSamples } from "../../src/statistics/compare-samples.ts";

/** So many values around a middle, spread over 4 % of it. */
function around(middle: number, count = 20): readonly number[] {
  return Array.from({ length: count }, (_, index) => middle * (0.98 + (0.04 * index) / count));
}

describe("compareSamples", () => {
  test("calls higher what is well beyond the threshold, and lower the other way round", () => {
    const comparison = compareSamples(around(0.2), around(0.23), 1.05);
    expect(comparison).toMatchObject({ counts: [20, 20], judgement: "higher" });
    expect(comparison.ratio).toBeCloseTo(1.15);
    expect(comparison.pWithin).toBeLessThan(0.01);
    expect(compareSamples(around(0.23), around(0.2), 1.05).judgement).toBe("lower");
  });

  test("does not call higher what is certainly different, and by less than the threshold", () => {
    const comparison = compareSamples(around(0.2), around(0.208), 1.05);
    expect(comparison.p).toBeLessThan(0.01);
    expect(comparison.judgement).toBe("not_higher");
    expect(compareSamples(around(0.2), around(0.208), 1.02).judgement).toBe("higher");
  });

  test("leaves open what reaches the threshold by what may be chance", () => {
    const comparison = compareSamples(around(0.2), around(0.2106), 1.05);
    expect(comparison.ratio).toBeGreaterThan(1.05);
    expect(comparison.p).toBeLessThan(0.01);
    expect(comparison.judgement).toBe("inconclusive");
  });

  test("says nothing with 19 samples on one side, however far apart they are", () => {
    expect(compareSamples(around(0.2, 19), around(0.4), 1.05).judgement).toBe("inconclusive");
    expect(compareSamples(around(0.2), around(0.4, 19), 1.05).judgement).toBe("inconclusive");
    expect(compareSamples(around(0.2), around(0.4), 1.05).judgement).toBe("higher");
  });

  test("leaves out what cannot be said without samples", () => {
    expect(compareSamples([], around(0.2), 1.05)).toEqual({
      counts: [0, 20],
      medians: [undefined, expect.closeTo(0.2, 2)],
      ratio: undefined,
      u: undefined,
      p: undefined,
      pWithin: undefined,
      judgement: "inconclusive",
    });
  });

  test("takes equal values for no difference, also at a threshold of 1 and at nothing", () => {
    const same = Array.from({ length: 20 }, () => 512);
    expect(compareSamples(same, same, 1)).toMatchObject({ ratio: 1, judgement: "not_higher" });
    const nothing = same.map(() => 0);
    expect(compareSamples(nothing, nothing, 1.05).judgement).toBe("not_higher");
    expect(compareSamples(nothing, same, 1.05)).toMatchObject({
      ratio: undefined,
      judgement: "higher",
    });
  });
});
