import { array, assert, double, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { drawChart } from "../../src/plots/draw-chart.ts";
import { draw, stack, distribution, curve } from "./drawing.ts";

const HOSTILE = `<script>alert("&amp;'")</script>`;

describe("every plot", () => {
  it("is named and described for those who do not see it", () => {
    for (const chart of [stack({ a: 1 }), distribution([1]), curve([[1, 1]])]) {
      const drawn = draw(chart);
      expect(drawn.attributes).toMatchObject({ role: "img", xmlns: "http://www.w3.org/2000/svg" });
      expect(drawn.children.slice(0, 2).map(({ name }) => name)).toEqual(["title", "desc"]);
    }
  });

  it("escapes what it is given", () => {
    for (const chart of [
      stack({ [HOSTILE]: 1 }, HOSTILE),
      distribution([1], HOSTILE),
      curve([[1, 1]], HOSTILE),
    ]) {
      expect(draw(chart).text).toContain(HOSTILE);
      expect(drawChart(chart)?.html).not.toContain("<script");
    }
  });

  it("is well-formed and without positions that are no numbers, whatever the values", () => {
    const value = double({ min: 1e-9, max: 1e12, noNaN: true });
    assert(
      property(array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const parts = Object.fromEntries(values.map((each, index) => [`p${index}`, each]));
        const points = values.map((each, index) => [index + 1, each] as const);
        for (const chart of [stack(parts), distribution(values), curve(points)]) {
          draw(chart);
          expect(drawChart(chart)?.html).not.toMatch(/NaN|Infinity|undefined/);
        }
      }),
    );
  });
});
