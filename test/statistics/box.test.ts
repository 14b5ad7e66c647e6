import { describe, expect, it } from "vitest";
import { makeBox } from "../../src/statistics/box.ts";

describe("the box of a distribution", () => {
  it("has quartiles, median, and whiskers to the last values that are no outliers", () => {
    expect(makeBox([1, 2, 3, 4, 5, 6, 7, 8, 100])).toEqual({
      median: 5,
      lowerQuartile: 3,
      upperQuartile: 7,
      lowerWhisker: 1,
      upperWhisker: 8,
    });
  });

  it("has no whisker that ends within the box", () => {
    // No value lies between 1.5 and the quartile that is interpolated above it.
    const box = makeBox([1, 1.1, 1.2, 1.3, 1.4, 1.5, 8, 9]);
    expect(box?.upperWhisker).toBe(box?.upperQuartile);
    expect(box?.upperQuartile).toBeCloseTo(3.125);
  });

  it("is none of no values", () => {
    expect(makeBox([])).toBeUndefined();
  });
});
