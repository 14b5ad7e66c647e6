import type { Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { Device, Listing } from "../devices/device.ts";
import type { HostFacts } from "../devices/host.ts";
import { isHeldByOthers, type EndedRun, type RunRecord } from "../history/record.ts";
import type { Figure, Table } from "../probes/kind.ts";
import type { RunEnd } from "../runner/run.ts";
import { summarize, type Summary } from "../statistics/summary.ts";
import { readFramework, type Framework } from "./run-framework.ts";

/** One run of a series: what it measured, or why it did not. */
export interface Iteration {
  /** Seconds since 1970 when it ended. */
  readonly atSeconds: number;
  readonly outcome: string;
  readonly reason?: string;
  readonly phase?: string;
  readonly code?: string;
  readonly message?: string;
  /** The run had to compile its kernel: such a run is kept out of the statistics. */
  readonly cacheMiss: boolean;
  /** Whether somebody else's process was on the GPU before it; left out where NVML did not say, and of runs that were left out. */
  readonly gpuHeldByOthers?: boolean;
  readonly figures: readonly Figure[];
}

/** What the kind itself has to show of the runs that succeeded, beside those of its counterpart; nothing when none did. */
export function makeTables(
  target: Target,
  records: readonly RunRecord[],
  counterpart?: Result<readonly RunEnd[]>,
): readonly Table[] {
  const ends = successfulEnds(records);
  return ends.length === 0 ? [] : (target.probe.measurement.tables?.(ends, counterpart) ?? []);
}

/** The ends of the runs that succeeded. */
export function successfulEnds(records: readonly RunRecord[]): readonly RunEnd[] {
  return records.flatMap((record) =>
    record.type === "run" && record.end.outcome === "success" ? [record.end] : [],
  );
}

/** The statistics of one figure over the series. */
export interface FigureSummary extends Summary {
  readonly name: string;
  readonly unit: Figure["unit"];
}

/** A series with all that is needed to read its figures later. */
export interface SeriesResult {
  readonly kind: string;
  readonly options: Readonly<Record<string, string>>;
  /** Options that decide the figures and are no labels of `cudaprobe_probe_info`; left out where there are none. */
  readonly details?: Readonly<Record<string, string>>;
  /** What the first run that succeeded said of its framework; left out where none is started. */
  readonly framework?: Framework;
  /** The option that differs between these runs: a key of each iteration and each row of the summary; left out where none does. */
  readonly curve?: string;
  readonly device: Device | undefined;
  readonly driver: Listing["driver"];
  readonly host: HostFacts;
  readonly iterations: readonly Iteration[];
  readonly summary: readonly FigureSummary[];
}

/** Folds the records of a series. */
export function makeSeriesResult(
  target: Target,
  records: readonly RunRecord[],
  { listing, host }: { readonly listing: Listing | undefined; readonly host: HostFacts },
): SeriesResult {
  const iterations = records.map((record) => makeIteration(record, target));
  const { infoLabels, details } = target.probe.measurement;
  const [framework] = successfulEnds(records).flatMap(readFramework);
  return {
    kind: target.probe.kind.name,
    options: infoLabels,
    ...(details === undefined ? {} : { details }),
    ...(framework === undefined ? {} : { framework }),
    device: listing?.devices.find(({ gpuUuid }) => gpuUuid === target.device?.gpuUuid),
    driver: listing?.driver,
    host,
    iterations,
    summary: summarizeFigures(iterations.filter(({ cacheMiss }) => !cacheMiss)),
  };
}

function makeIteration(record: RunRecord, target: Target): Iteration {
  if (record.type === "skip") {
    const { atSeconds, reason, message } = record;
    return { atSeconds, outcome: "skipped", reason, message, cacheMiss: false, figures: [] };
  }
  return { ...describeEnd(record), figures: figuresOf(record, target) };
}

function describeEnd({ atSeconds, end, circumstances }: EndedRun): Omit<Iteration, "figures"> {
  const held = isHeldByOthers(circumstances);
  return {
    atSeconds,
    outcome: end.outcome,
    ...(end.reason === undefined ? {} : { reason: end.reason }),
    ...(end.phase === undefined ? {} : { phase: end.phase }),
    ...(end.code === undefined ? {} : { code: end.code }),
    ...(end.message === undefined ? {} : { message: end.message }),
    cacheMiss: circumstances.cacheMiss,
    ...(held === undefined ? {} : { gpuHeldByOthers: held }),
  };
}

function figuresOf({ end }: EndedRun, target: Target): readonly Figure[] {
  return end.outcome === "success" ? target.probe.measurement.figures(end) : [];
}

function summarizeFigures(iterations: readonly Iteration[]): readonly FigureSummary[] {
  const first = iterations.find(({ figures }) => figures.length > 0)?.figures ?? [];
  return first.flatMap(({ name, unit }) => {
    const values = iterations.flatMap(({ figures }) =>
      figures.filter((figure) => figure.name === name).map(({ value }) => value),
    );
    const summary = summarize(values);
    return summary === undefined ? [] : [{ name, unit, ...summary }];
  });
}
