import { html, type Html } from "../base/html.ts";
import { axisAt, axisOver, linearAxis, type Axis } from "./axis.ts";
import { bottomAxis } from "./bottom-axis.ts";
import type { CurveChart, Point, Unit } from "./chart.ts";
import { CHARACTER_WIDTH, fit, plotFrame, PLOT_WIDTH } from "./frame.ts";
import { drawMarker } from "./marker.ts";
import { formatValue } from "./unit-scale.ts";

const TOP = 30;
const BOTTOM = 230;
const KEY_STEP = 20;
const COLOURS = 10;

type Series = CurveChart["series"][number];

interface Axes {
  readonly x: Axis;
  readonly y: Axis;
}

/** A line with marked points for each series, told apart by colour and by shape; undefined without any point. */
export function drawCurve({ title, unit, over, series }: CurveChart): Html | undefined {
  const drawn = series
    .map(({ name, points }) => ({ name, points: points.filter(isFinitePoint).toSorted(byX) }))
    .filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return undefined;
  const axes = makeAxes(drawn, { unit, over: over.unit });
  const description = drawn.map((one) => describe(one, unit, over.unit)).join("; ");
  const keysTop = BOTTOM + 46;
  return plotFrame({ title, description, height: keysTop + drawn.length * KEY_STEP }, [
    leftAxis(axes.y),
    bottomAxis(axes.x, { top: TOP, bottom: BOTTOM + 6 }),
    html`<text class="plot-tick" x="${PLOT_WIDTH / 2}" y="${BOTTOM + 36}">${over.name}</text>`,
    ...drawn.map((one, index) => drawSeries(one, index, { axes, unit, overUnit: over.unit })),
    ...drawn.map(({ name }, index) => drawKey(name, index, keysTop + index * KEY_STEP)),
  ]);
}

function makeAxes(
  series: readonly Series[],
  { unit, over }: { readonly unit: Unit; readonly over: Unit },
): Axes {
  const points = series.flatMap((one) => one.points);
  const ys = points.map(({ y }) => y);
  const up = { from: BOTTOM, to: TOP, ticks: 5 };
  const guess = axisOver(ys, unit, up);
  // A linear axis begins at 0, so that heights can be compared.
  const y = guess.isLogarithmic
    ? guess
    : linearAxis([Math.min(0, ...ys), Math.max(...ys)], unit, up);
  const left = Math.max(...y.ticks.map(({ label }) => label.length)) * CHARACTER_WIDTH + 16;
  const room = { from: left, to: PLOT_WIDTH - 16, ticks: 8 };
  return {
    y,
    x: axisAt(
      points.map(({ x }) => x),
      over,
      room,
    ),
  };
}

function leftAxis({ ticks }: Axis): Html {
  const width = Math.max(...ticks.map(({ label }) => label.length)) * CHARACTER_WIDTH + 4;
  const marks = ticks.map(
    ({ position, label }) =>
      html`<line
          class="plot-grid"
          x1="${width + 4}"
          x2="${PLOT_WIDTH}"
          y1="${position}"
          y2="${position}"
        />
        <text class="plot-value" x="${width}" y="${position + 4}">${label}</text>`,
  );
  return html`<g>${marks}</g>`;
}

interface SeriesPlace {
  readonly axes: Axes;
  readonly unit: Unit;
  readonly overUnit: Unit;
}

function drawSeries(
  { name, points }: Series,
  index: number,
  { axes, unit, overUnit }: SeriesPlace,
): Html {
  const places = points.map(({ x, y }) => ({ x: axes.x.place(x), y: axes.y.place(y) }));
  const line = places.map(({ x, y }) => `${x},${y}`).join(" ");
  const markers = points.map((point, at) => {
    const { x, y } = places[at] ?? { x: 0, y: 0 };
    const title = `${name}, ${formatValue(point.x, overUnit)}: ${formatValue(point.y, unit)}`;
    return drawMarker({ x, y, index, title });
  });
  return html`<g class="plot-series-${index % COLOURS}"
    ><polyline class="plot-line" points="${line}" />${markers}</g
  >`;
}

function drawKey(name: string, index: number, top: number): Html {
  return html`<g class="plot-series-${index % COLOURS}"
    ><path
      class="plot-line"
      d="M2 ${top + 8}H26"
    />${drawMarker({ x: 14, y: top + 8, index, title: name })}<text
      class="plot-label"
      x="34"
      y="${top + 12}"
      >${fit(name, PLOT_WIDTH - 40)}</text
    ></g
  >`;
}

function describe({ name, points }: Series, unit: Unit, overUnit: Unit): string {
  const said = points.map(({ x, y }) => `${formatValue(x, overUnit)} ${formatValue(y, unit)}`);
  return `${name}: ${said.join(", ")}`;
}

function isFinitePoint({ x, y }: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function byX(one: Point, other: Point): number {
  return one.x - other.x;
}
