import { html, type Html } from "../base/html.ts";
import { linearAxis, round, type Axis } from "./axis.ts";
import { bottomAxis } from "./bottom-axis.ts";
import type { Part, StackChart, Unit } from "./chart.ts";
import { CHARACTER_WIDTH, fit, plotFrame, PLOT_WIDTH } from "./frame.ts";
import { formatValue } from "./unit-scale.ts";

/** So many colours there are; then they begin again, and the numbers tell the parts apart. */
const COLOURS = 10;
const BAR_HEIGHT = 26;
const BAR_STEP = 46;
const KEY_STEP = 20;
const TOP = 26;

type Bar = StackChart["bars"][number];

/** Bars of numbered parts on one axis, and below them what each number is; undefined without any part. */
export function drawStack({ title, unit, bars }: StackChart): Html | undefined {
  const names = namesOf(bars);
  const longest = Math.max(0, ...bars.map(totalOf));
  if (longest === 0) return undefined;
  const axis = linearAxis([0, longest], unit, { from: 2, to: PLOT_WIDTH - 26, ticks: 4 });
  const axisTop = TOP + bars.length * BAR_STEP - 4;
  const height = axisTop + 32 + names.length * KEY_STEP;
  return plotFrame({ title, description: describe(bars, unit), height }, [
    bottomAxis(axis, { top: TOP + 14, bottom: axisTop }),
    ...bars.map((bar, index) => drawBar(bar, { names, axis, unit, top: TOP + index * BAR_STEP })),
    ...names.map((name, index) =>
      drawKey({ name, index, bars, unit, top: axisTop + 32 + index * KEY_STEP }),
    ),
  ]);
}

function drawBar(
  bar: Bar,
  {
    names,
    axis,
    unit,
    top,
  }: {
    readonly names: readonly string[];
    readonly axis: Axis;
    readonly unit: Unit;
    readonly top: number;
  },
): Html {
  let sum = 0;
  const pieces = bar.parts.filter(isDrawn).map((part) => {
    const left = axis.place(sum);
    sum += part.value;
    const number = names.indexOf(part.name);
    return drawPiece({ ...part, number, left, right: axis.place(sum) }, unit, top + 14);
  });
  const label = fit(`${bar.name} ${formatValue(sum, unit)}`.trim(), PLOT_WIDTH);
  return html`<g><text class="plot-label" x="2" y="${top + 9}">${label}</text>${pieces}</g>`;
}

interface Piece extends Part {
  readonly number: number;
  readonly left: number;
  readonly right: number;
}

function drawPiece(
  { name, value, isRest, number, left, right }: Piece,
  unit: Unit,
  top: number,
): Html {
  const width = round(Math.max(0.5, right - left));
  const label = String(number + 1);
  const hasRoom = width > label.length * CHARACTER_WIDTH + 4;
  const text = html`<text class="plot-number" x="${round(left + width / 2)}" y="${top + 17}"
    >${label}</text
  >`;
  return html`<g
    ><title>${label} ${name}: ${formatValue(value, unit)}</title
    ><rect
      class="plot-fill-${isRest === true ? "rest" : number % COLOURS}"
      x="${left}"
      y="${top}"
      width="${width}"
      height="${BAR_HEIGHT}"
    />${hasRoom ? text : undefined}</g
  >`;
}

interface Key {
  readonly name: string;
  readonly index: number;
  readonly bars: readonly Bar[];
  readonly unit: Unit;
  readonly top: number;
}

/** Number, name, and of a single bar the value and its share. */
function drawKey({ name, index, bars, unit, top }: Key): Html {
  const [only] = bars;
  const part = bars.length === 1 ? only?.parts.find((other) => other.name === name) : undefined;
  const value =
    part &&
    html`<text class="plot-value" x="${PLOT_WIDTH - 70}" y="${top + 12}"
        >${formatValue(part.value, unit)}</text
      >
      <text class="plot-value" x="${PLOT_WIDTH - 4}" y="${top + 12}"
        >${formatShare(part.value, totalOf(only))}</text
      >`;
  return html`<g
    ><rect
      class="plot-fill-${isRestOf(name, bars) ? "rest" : index % COLOURS}"
      x="2"
      y="${top}"
      width="20"
      height="16"
    />
    <text class="plot-number" x="12" y="${top + 12}">${index + 1}</text>
    <text class="plot-label" x="30" y="${top + 12}">${fit(name, PLOT_WIDTH - 180)}</text>${value}</g
  >`;
}

function isRestOf(name: string, bars: readonly Bar[]): boolean {
  return bars.some(({ parts }) => parts.some((part) => part.name === name && part.isRest === true));
}

function formatShare(value: number, whole: number): string {
  const percent = (100 * value) / whole;
  return percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
}

function describe(bars: readonly Bar[], unit: Unit): string {
  return bars
    .map(({ name, parts }) => {
      const list = parts.map((part) => `${part.name} ${formatValue(part.value, unit)}`).join(", ");
      return name === "" ? list : `${name}: ${list}`;
    })
    .join("; ");
}

/** A part that a single bar has none of is worth a line; one that none of several has is not. */
function namesOf(bars: readonly Bar[]): readonly string[] {
  const parts = bars.flatMap((bar) => (bars.length === 1 ? bar.parts : bar.parts.filter(isDrawn)));
  return [...new Set(parts.map(({ name }) => name))];
}

function totalOf(bar: Bar | undefined): number {
  return bar?.parts.filter(isDrawn).reduce((sum, { value }) => sum + value, 0) ?? 0;
}

function isDrawn({ value }: Part): boolean {
  return Number.isFinite(value) && value > 0;
}
