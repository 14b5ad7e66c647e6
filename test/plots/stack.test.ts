import { describe, expect, it } from "vitest";
import { drawChart } from "../../src/plots/draw-chart.ts";
import { withClass } from "../support/read-svg.ts";
import { draw, numbers, stack } from "./drawing.ts";

describe("a stacked bar", () => {
  const bar = draw(stack({ init: 0.1, context: 0.3 }));

  it("has a piece a part, as long as its value, one after the other", () => {
    const [init] = withClass(bar, "plot-fill-0");
    const [context] = withClass(bar, "plot-fill-1");
    const width = Number(init?.attributes["width"]);
    expect(Number(context?.attributes["width"])).toBeCloseTo(3 * width, 0);
    expect(Number(context?.attributes["x"])).toBeCloseTo(Number(init?.attributes["x"]) + width, 1);
  });

  it("says each part's number, name, value and share, so that nobody depends on colours", () => {
    expect(bar.text).toMatch(/1\s+init\s*100 ms\s+25\.0 %/);
    expect(bar.text).toMatch(/2\s+context\s*300 ms\s+75\.0 %/);
    expect(bar.children.find(({ name }) => name === "desc")?.text).toBe(
      "init 100 ms, context 300 ms",
    );
  });

  it("leaves out what is nothing, and is none where there is nothing at all", () => {
    expect(withClass(draw(stack({ init: 0, context: 1 })), "plot-fill-1")).toHaveLength(2);
    expect(withClass(draw(stack({ init: 0, context: 1 })), "plot-fill-0")).toHaveLength(1);
    expect(drawChart(stack({ init: 0, context: Number.NaN }))).toBeUndefined();
  });

  it("sets several bars on one axis, with the same colour for the same part", () => {
    const bars = [1, 2].map((value) => ({
      name: `GPU ${value}`,
      parts: [{ name: "used", value }],
    }));
    const drawn = draw({ type: "stack", title: "memory", unit: "bytes", bars });
    const [first, second] = numbers(withClass(drawn, "plot-fill-0"), "width");
    expect(second).toBeCloseTo(2 * (first ?? 0), 0);
  });
});
