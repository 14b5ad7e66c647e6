import type { Chart } from "../plots/chart.ts";
import type { RunEnd } from "../runner/run.ts";

/** One value of a run, for tables and files. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "seconds" | "bytes" | "ratio" | "count";
  /** What is to be said of it in words, such as what it is limited by. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rows for people, below a header. */
export interface Table {
  readonly title?: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** It says less than the statistics do, which stay where it is printed of a single run. */
  readonly isBeside?: boolean;
  /** So many columns from the left hold words, and are flush left; 1 when left out. */
  readonly wordColumns?: number;
}

/** The successful runs with one value of an option. */
export interface CurvePoint {
  readonly value: string;
  readonly ends: readonly RunEnd[];
}

/** What is shown of runs over the values of one option. */
export interface CurveView {
  /** A row for each value that has a successful run. */
  readonly table: Table;
  readonly charts: readonly Chart[];
}
