import { describe, expect, it } from "vitest";
import { drawChart } from "../../src/plots/draw-chart.ts";
import { withClass } from "../support/read-svg.ts";
import { draw, numbers, curve } from "./drawing.ts";

describe("a curve", () => {
  it("has a marker a point and a line through them, in the order of x", () => {
    const drawn = draw(
      curve([
        [65536, 2e-5],
        [4096, 1e-5],
      ]),
    );
    const [line] = withClass(drawn, "plot-line");
    const xs = (line?.attributes["points"] ?? "")
      .split(" ")
      .map((pair) => Number(pair.split(",")[0]));
    expect(xs).toHaveLength(2);
    expect(xs).toEqual(xs.toSorted((one, other) => one - other));
    expect(drawn.text).toContain("first, 4 KiB: 10 µs");
  });

  it("sets sizes on a logarithmic axis, with ticks at the sizes", () => {
    const drawn = draw(
      curve([
        [4096, 1],
        [65536, 1],
        [1048576, 1],
      ]),
    );
    const ticks = withClass(drawn, "plot-tick").slice(0, 3);
    expect(ticks.map(({ text }) => text.trim())).toEqual(["4 KiB", "64 KiB", "1 MiB"]);
    const [a = 0, b = 0, c = 0] = numbers(withClass(drawn, "plot-grid").slice(-3), "x1");
    expect(b - a).toBeCloseTo(c - b, 1);
  });

  it("tells series apart by shape as well as by colour", () => {
    const series = ["one", "two"].map((name) => ({ name, points: [{ x: 1, y: 1 }] }));
    const over = { name: "processes", unit: "count" } as const;
    const drawn = draw({ type: "curve", title: "N at once", unit: "seconds", over, series });
    const shapes = withClass(drawn, "plot-marker").map(({ attributes }) => attributes["d"]);
    expect(new Set(shapes).size).toBe(2);
    expect(drawn.text).toContain("processes");
  });

  it("leaves out what is no number, and is none without points", () => {
    expect(
      withClass(
        draw(
          curve([
            [1, 1],
            [2, Number.NaN],
          ]),
        ),
        "plot-marker",
      ),
    ).toHaveLength(2);
    expect(drawChart(curve([]))).toBeUndefined();
  });
});
