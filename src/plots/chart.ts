/** What values are of; plots choose the prefix that reads best. */
export type Unit = "seconds" | "bytes" | "ratio" | "count";

/** A value with its name. */
export interface Part {
  readonly name: string;
  readonly value: number;
  /** What is left over of the whole, which has no colour. */
  readonly isRest?: true;
}

/** What a whole is made of: bars whose parts add up to it, such as a start's phases. */
export interface StackChart {
  readonly type: "stack";
  readonly title: string;
  readonly unit: Unit;
  /** Each with parts of the same names in the same order. A part that is not finite or not above 0 is left out. */
  readonly bars: readonly { readonly name: string; readonly parts: readonly Part[] }[];
}

/** Every sample of one or more series, each with its median, quartiles and whiskers. */
export interface DistributionChart {
  readonly type: "distribution";
  readonly title: string;
  readonly unit: Unit;
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** How something grows with another, such as a time with a size or with a number of processes. */
export interface CurveChart {
  readonly type: "curve";
  readonly title: string;
  readonly unit: Unit;
  /** What the points lie over; bytes are set on a logarithmic axis. */
  readonly over: { readonly name: string; readonly unit: Unit };
  readonly series: readonly { readonly name: string; readonly points: readonly Point[] }[];
}

/** A point of a curve, in base units. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Data of a plot. `drawChart` makes an SVG of it. */
export type Chart = StackChart | DistributionChart | CurveChart;
