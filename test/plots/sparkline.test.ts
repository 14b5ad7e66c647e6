import { describe, expect, it } from "vitest";
import type { Point } from "../../src/plots/chart.ts";
import { drawSparkline } from "../../src/plots/sparkline.ts";
import { readSvg, withClass, type SvgElement } from "../support/read-svg.ts";

function draw(points: readonly Point[], reference?: number): SvgElement {
  const sparkline = { title: "starts", unit: "seconds", points, from: 0, to: 96 } as const;
  return readSvg(drawSparkline({ ...sparkline, reference })?.html ?? "");
}

/** The heights of a line's points, from the top. */
function heights(svg: SvgElement, name = "spark-line"): readonly number[] {
  const path = withClass(svg, name)[0]?.attributes["d"] ?? "";
  return [...path.matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y));
}

function at(x: number): Point {
  return { x, y: 1 };
}

describe("a sparkline", () => {
  it("goes up with its values, and says what they are", () => {
    const svg = draw([
      { x: 0, y: 0.1 },
      { x: 1, y: 0.2 },
    ]);
    const [first = 0, second = 0] = heights(svg);
    expect(second).toBeLessThan(first);
    expect(svg.children.map(({ text }) => text)).toEqual(
      expect.arrayContaining(["starts", "2 values, 100 ms to 200 ms"]),
    );
  });

  it("does not make much of values that hardly differ", () => {
    const [first = 0, second = 0] = heights(
      draw([
        { x: 0, y: 1 },
        { x: 1, y: 1.001 },
      ]),
    );
    expect(first - second).toBeLessThan(1);
  });

  it("breaks where nothing was, and bridges a single gap", () => {
    expect(withClass(draw([at(0), at(2), at(3)]), "spark-line")).toHaveLength(1);
    expect(withClass(draw([at(0), at(1), at(50), at(51)]), "spark-line")).toHaveLength(2);
  });

  it("is a dot where there is one value only", () => {
    const svg = draw([{ x: 95, y: 1 }]);
    expect(withClass(svg, "spark-dot")).toHaveLength(1);
    expect(withClass(svg, "spark-line")).toEqual([]);
  });

  it("draws many values of a moment as their median in their range", () => {
    const points = [1, 2, 9].flatMap((y) => [
      { x: 10.1, y },
      { x: 11.1, y },
    ]);
    const svg = draw(points);
    const range = heights(svg, "spark-range");
    const [median = 0] = heights(svg);
    expect(median).toBeGreaterThan(Math.min(...range));
    expect(median).toBeLessThan(Math.max(...range));
  });

  it("has a line to be read against where there is one", () => {
    expect(withClass(draw([{ x: 1, y: 1 }], 2), "spark-reference")).toHaveLength(1);
    expect(withClass(draw([{ x: 1, y: 1 }]), "spark-reference")).toEqual([]);
  });

  it("is none without a value in what it shows", () => {
    expect(drawSparkline({ title: "", unit: "seconds", points: [], from: 0, to: 1 })).toBe(
      undefined,
    );
    const points = [{ x: 5, y: 1 }];
    expect(drawSparkline({ title: "", unit: "seconds", points, from: 0, to: 1 })).toBe(undefined);
  });
});
