import type { Html } from "../base/html.ts";
import type { Chart } from "./chart.ts";
import { drawCurve } from "./curve.ts";
import { drawDistribution } from "./distribution.ts";
import { drawStack } from "./stack.ts";

/** A chart as SVG, for a page that has {@link PLOT_STYLE}; undefined where there is nothing to be drawn. */
export function drawChart(chart: Chart): Html | undefined {
  if (chart.type === "stack") return drawStack(chart);
  return chart.type === "curve" ? drawCurve(chart) : drawDistribution(chart);
}
