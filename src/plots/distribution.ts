import { html, type Html } from "../base/html.ts";
import { makeBox, type Box } from "../statistics/box.ts";
import { axisOver, round, type Axis } from "./axis.ts";
import { bottomAxis } from "./bottom-axis.ts";
import type { DistributionChart, Unit } from "./chart.ts";
import { fit, plotFrame, PLOT_WIDTH } from "./frame.ts";
import { formatValue } from "./unit-scale.ts";

const TOP = 24;
const LABEL_HEIGHT = 16;
const BOX_HEIGHT = 16;
const POINTS_HEIGHT = 22;

type Row = DistributionChart["rows"][number];

/** Of every row a box, and each of its samples as a point below it; undefined without any sample. */
export function drawDistribution({ title, unit, rows }: DistributionChart): Html | undefined {
  const all = rows.flatMap(({ values }) => values.filter(Number.isFinite));
  if (all.length === 0) return undefined;
  const axis = axisOver(all, unit, { from: 8, to: PLOT_WIDTH - 8, ticks: 5 });
  const labelHeight = rows.every(({ name }) => name === "") ? 0 : LABEL_HEIGHT;
  const step = labelHeight + BOX_HEIGHT + POINTS_HEIGHT + 8;
  const bottom = TOP + rows.length * step;
  const description = rows.map((row) => describe(row, unit)).join("; ");
  return plotFrame({ title, description, height: bottom + 20 }, [
    bottomAxis(axis, { top: TOP, bottom }),
    ...rows.map((row, index) => drawRow(row, { axis, unit, top: TOP + index * step, labelHeight })),
  ]);
}

interface Place {
  readonly axis: Axis;
  readonly unit: Unit;
  readonly top: number;
  readonly labelHeight: number;
}

function drawRow({ name, values }: Row, { axis, unit, top, labelHeight }: Place): Html {
  const samples = values.filter(Number.isFinite);
  const box = makeBox(samples);
  const label = html`<text class="plot-label" x="2" y="${top + 12}">
    ${fit(name, PLOT_WIDTH)}
  </text>`;
  const boxTop = top + labelHeight + 4;
  return html`<g
    >${labelHeight === 0 ? undefined : label}${box && drawBox(box, axis, boxTop)}${samples.map(
      (value, index) => drawPoint(value, unit, { x: axis.place(value), y: pointY(index, boxTop) }),
    )}</g
  >`;
}

function drawBox(box: Box, { place }: Axis, top: number): Html {
  const { median, lowerQuartile, upperQuartile, lowerWhisker, upperWhisker } = box;
  const middle = top + BOX_HEIGHT / 2;
  const left = place(lowerQuartile);
  const width = round(Math.max(1, place(upperQuartile) - left));
  return html`<path
      class="plot-whisker"
      d="M${place(lowerWhisker)} ${top + 3}v${BOX_HEIGHT - 6}M${place(lowerWhisker)} ${middle}H${left}M${round(left + width)} ${middle}H${place(upperWhisker)}M${place(upperWhisker)} ${top + 3}v${BOX_HEIGHT - 6}"
    />
    <rect class="plot-box" x="${left}" y="${top}" width="${width}" height="${BOX_HEIGHT}" />
    <path class="plot-median" d="M${place(median)} ${top}v${BOX_HEIGHT}" />`;
}

/** Points of equal values lie apart: the golden ratio leaves no pattern, and the same data is the same drawing. */
function pointY(index: number, boxTop: number): number {
  const turn = (index * 0.618) % 1;
  return round(boxTop + BOX_HEIGHT + 6 + turn * (POINTS_HEIGHT - 10));
}

function drawPoint(
  value: number,
  unit: Unit,
  { x, y }: { readonly x: number; readonly y: number },
): Html {
  return html`<circle class="plot-point" cx="${x}" cy="${y}" r="3">
    <title>${formatValue(value, unit)}</title>
  </circle>`;
}

function describe({ name, values }: Row, unit: Unit): string {
  const samples = values.filter(Number.isFinite);
  const box = makeBox(samples);
  const said = (value: number): string => formatValue(value, unit);
  const figures =
    box === undefined
      ? "no samples"
      : `${samples.length} samples, median ${said(box.median)}, quartiles ${said(box.lowerQuartile)} and ${said(box.upperQuartile)}, whiskers ${said(box.lowerWhisker)} and ${said(box.upperWhisker)}`;
  return name === "" ? figures : `${name}: ${figures}`;
}
