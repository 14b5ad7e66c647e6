import type { Chart } from "../../src/plots/chart.ts";
import { drawChart } from "../../src/plots/draw-chart.ts";
import { readSvg, type SvgElement } from "../support/read-svg.ts";

/** The SVG of a chart, read. */
export function draw(chart: Chart): SvgElement {
  return readSvg(drawChart(chart)?.html ?? "");
}

/** An attribute of each, as a number. */
export function numbers(elements: readonly SvgElement[], attribute: string): readonly number[] {
  return elements.map(({ attributes }) => Number(attributes[attribute]));
}

/** One bar of seconds. */
export function stack(parts: Readonly<Record<string, number>>, title = "a start"): Chart {
  const list = Object.entries(parts).map(([name, value]) => ({ name, value }));
  return { type: "stack", title, unit: "seconds", bars: [{ name: "", parts: list }] };
}

/** One row of seconds. */
export function distribution(values: readonly number[], title = "init"): Chart {
  return { type: "distribution", title, unit: "seconds", rows: [{ name: "", values }] };
}

/** One series of seconds over bytes. */
export function curve(points: readonly (readonly [number, number])[], name = "first"): Chart {
  const series = [{ name, points: points.map(([x, y]) => ({ x, y })) }];
  return {
    type: "curve",
    title: "by size",
    unit: "seconds",
    over: { name: "size", unit: "bytes" },
    series,
  };
}
