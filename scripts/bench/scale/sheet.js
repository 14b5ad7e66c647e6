// @ts-check
import { drawChart } from "../../../dist/plots/draw-chart.js";
import { PLOT_STYLE } from "../../../dist/plots/plot-style.js";

const COLUMNS = 2;
const WIDTH = 440;
const GAP = 32;
const FRAME = /^<svg\b[^>]*viewBox="0 0 \d+ (\d+)"[^>]*>([\s\S]*)<\/svg>$/;

/** @type {(chart: import("../../../src/plots/chart.ts").Chart) => { readonly html: string } | undefined} */
const draw = drawChart;

/**
 * Charts in two columns as one picture, which has its own paper, so that it can be read on any page.
 * @param {readonly import("../../../src/plots/chart.ts").Chart[]} charts
 */
export function makeSheet(charts) {
  const drawn = charts.map(drawnOf);
  const height = Math.max(0, ...drawn.map((one) => one.height)) + GAP;
  const size = { width: COLUMNS * (WIDTH + GAP), height: rowOf(drawn.length + 1) * height };
  const cells = drawn.map(({ content }, index) => {
    const x = (index % COLUMNS) * (WIDTH + GAP) + GAP / 2;
    return `<g class="plot" transform="translate(${x} ${rowOf(index) * height + GAP / 2})">${content}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}">
<style>${PLOT_STYLE}</style>
<rect width="100%" height="100%" fill="var(--plot-paper)" />
${cells.join("\n")}
</svg>
`;
}

/** @param {number} index */
function rowOf(index) {
  return Math.floor(index / COLUMNS);
}

/** @param {import("../../../src/plots/chart.ts").Chart} chart */
function drawnOf(chart) {
  const [, height = "", content = ""] = FRAME.exec(draw(chart)?.html.trim() ?? "") ?? [];
  if (content === "") throw new Error(`there is nothing to be drawn of ${chart.title}`);
  return { height: Number(height), content };
}
