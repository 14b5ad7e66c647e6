import { html, type Html } from "../base/html.ts";
import { round } from "./axis.ts";
import type { Point, Unit } from "./chart.ts";
import { formatValue } from "./unit-scale.ts";

/** A small line without axes: how one figure went. */
export interface Sparkline {
  readonly title: string;
  readonly unit: Unit;
  readonly points: readonly Point[];
  /** What is shown of `x`, whether or not there are points. */
  readonly from: number;
  readonly to: number;
  /** A value to be read against; undefined where there is none. */
  readonly reference?: number | undefined;
}

const WIDTH = 240;
const HEIGHT = 40;
const MARGIN = 4;
/** Into so many equal parts is the whole divided; the points of each are drawn as one. */
const COLUMNS = 96;
const LEAST_SPAN = 0.1;

interface Column {
  readonly index: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** The middle values of the columns as a line over the range of their values, broken where nothing was; undefined without a point. */
export function drawSparkline(sparkline: Sparkline): Html | undefined {
  const { title, unit, reference } = sparkline;
  const columns = makeColumns(sparkline);
  if (columns.length === 0) return undefined;
  const levels = columns.flatMap(({ low, high }) => [low, high]);
  const place = placer(reference === undefined ? levels : [...levels, reference]);
  return html`<svg
    class="spark"
    role="img"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
  >
    <title>${title}</title>
    <desc>${describe(sparkline, unit)}</desc>
    ${
      reference === undefined
        ? undefined
        : html`<path class="spark-reference" d="M0 ${place(reference)}H${WIDTH}" />`
    }${segments(columns).map((segment) => drawSegment(segment, place))}
  </svg>`;
}

function describe({ points }: Sparkline, unit: Unit): string {
  const values = points.map(({ y }) => y);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${String(values.length)} values, ${formatValue(low, unit)} to ${formatValue(high, unit)}`;
}

function makeColumns({ points, from, to }: Sparkline): readonly Column[] {
  const groups = new Map<number, number[]>();
  for (const { x, y } of points) {
    const index = Math.min(COLUMNS - 1, Math.floor(((x - from) / (to - from)) * COLUMNS));
    if (index < 0 || x > to) continue;
    const group = groups.get(index) ?? [];
    group.push(y);
    groups.set(index, group);
  }
  return [...groups]
    .map(([index, values]) => makeColumn(index, values))
    .toSorted((one, other) => one.index - other.index);
}

function makeColumn(index: number, values: readonly number[]): Column {
  const sorted = values.toSorted((one, other) => one - other);
  const [low = Number.NaN] = sorted;
  const median = sorted[Math.floor(sorted.length / 2)] ?? low;
  return { index, low, median, high: sorted.at(-1) ?? low };
}

/** The higher the value the further up. What differs by little looks as if it did: a tenth of the whole is shown at least. */
function placer(levels: readonly number[]): (value: number) => number {
  const low = Math.min(...levels);
  const high = Math.max(...levels);
  const span = Math.max(high - low, Math.abs(high) * LEAST_SPAN, Number.MIN_VALUE);
  const middle = (low + high) / 2;
  return (value) => round(HEIGHT / 2 - ((value - middle) / span) * (HEIGHT - 2 * MARGIN));
}

/** Columns in rows; one that is empty is bridged, since a schedule of a quarter of an hour leaves such. */
function segments(columns: readonly Column[]): readonly (readonly Column[])[] {
  const rows: Column[][] = [];
  for (const column of columns) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (row !== undefined && last !== undefined && column.index - last.index <= 2) row.push(column);
    else rows.push([column]);
  }
  return rows;
}

function drawSegment(columns: readonly Column[], place: (value: number) => number): Html {
  const at = ({ index }: Column): number => round(((index + 0.5) / COLUMNS) * WIDTH);
  const [only] = columns.length === 1 ? columns : [];
  if (only !== undefined) {
    return html`<path
      class="spark-dot"
      d="M${at(only)} ${place(only.low)}V${place(only.high)}h0.1"
    />`;
  }
  const line = columns.map((column) => `${String(at(column))} ${String(place(column.median))}`);
  const upper = columns.map((column) => `${String(at(column))} ${String(place(column.high))}`);
  const lower = columns.map((column) => `${String(at(column))} ${String(place(column.low))}`);
  return html`<path class="spark-range" d="M${[...upper, ...lower.toReversed()].join("L")}z" /><path
      class="spark-line"
      d="M${line.join("L")}"
    />`;
}
