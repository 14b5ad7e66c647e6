import { describe, expect, it } from "vitest";
import { drawChart } from "../../src/plots/draw-chart.ts";
import { withClass } from "../support/read-svg.ts";
import { draw, numbers, distribution } from "./drawing.ts";

function places(values: readonly number[]): readonly number[] {
  return numbers(withClass(draw(distribution(values)), "plot-point"), "cx");
}

describe("a distribution", () => {
  it("has every sample as a point, and a box with the median on top", () => {
    const drawn = draw(distribution([0.1, 0.11, 0.12, 0.13, 0.2]));
    expect(withClass(drawn, "plot-point").map(({ text }) => text.trim())).toEqual([
      "100 ms",
      "110 ms",
      "120 ms",
      "130 ms",
      "200 ms",
    ]);
    const [, , third] = numbers(withClass(drawn, "plot-point"), "cx");
    expect(withClass(drawn, "plot-median")[0]?.attributes["d"]).toMatch(new RegExp(`^M${third} `));
    expect(drawn.children.find(({ name }) => name === "desc")?.text).toBe(
      "5 samples, median 120 ms, quartiles 110 ms and 130 ms, whiskers 100 ms and 130 ms",
    );
  });

  it("puts values that lie far apart on a logarithmic axis, and others on a linear one", () => {
    const [a = 0, b = 0, c = 0] = places([1e-5, 1e-4, 1e-3]);
    expect(b - a).toBeCloseTo(c - b, 1);
    const [d = 0, e = 0, f = 0] = places([1, 2, 3]);
    expect(e - d).toBeCloseTo(f - e, 1);
  });

  it("draws values that are all alike in the middle, and none where there are none", () => {
    const [cx] = numbers(withClass(draw(distribution([5, 5])), "plot-point"), "cx");
    expect(cx).toBeGreaterThan(100);
    expect(cx).toBeLessThan(340);
    expect(drawChart(distribution([Number.NaN]))).toBeUndefined();
  });

  it("labels no two ticks alike, however close values are", () => {
    const drawn = draw(distribution([0.2271, 0.2272, 0.2273]));
    const labels = withClass(drawn, "plot-tick").map(({ text }) => text.trim());
    expect(labels.length).toBeGreaterThan(2);
    expect(new Set(labels).size).toBe(labels.length);
  });
});
