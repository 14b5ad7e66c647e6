/** A metric family as data. The device labels (gpu, gpu_uuid, mig_uuid) are added where `device` is true. */
export interface Family {
  readonly name: string;
  readonly type: "histogram" | "gauge" | "counter";
  /** A sentence. */
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly device: boolean;
  /** Histograms only, seconds. */
  readonly buckets?: readonly number[];
  /** Gauges only: true when the value is of the last run, and goes when the next one is no success or is overdue; one that the budget leaves out is neither. */
  readonly last?: boolean;
}

/** One value for one family: observed by a histogram, set on a gauge, added to a counter. */
export interface Observation {
  readonly family: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
