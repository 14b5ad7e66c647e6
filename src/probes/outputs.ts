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
