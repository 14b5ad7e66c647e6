import type { Chart } from "../plots/chart.ts";
import type { Table } from "../probes/kind.ts";
import type { SeriesResult } from "./run-result.ts";

/** A series with all that a person is shown of it. */
export interface Report {
  readonly result: SeriesResult;
  /** The kind's own. */
  readonly tables: readonly Table[];
  readonly charts: readonly Chart[];
  /** Set when a signal ended the series before it was complete: in words. */
  readonly cutShort: string | undefined;
  readonly origin: Origin;
}

/** Where a report comes from. */
export interface Origin {
  /** As it could be typed again. */
  readonly command: string;
  readonly version: string;
  readonly nodeVersion: string;
  readonly hostname: string;
  /** Seconds since 1970. */
  readonly atSeconds: number;
}
