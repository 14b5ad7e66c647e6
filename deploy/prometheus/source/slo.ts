import { formatDuration } from "./duration.ts";
import { select, span, TARGET, type RecordingRule } from "./rule.ts";
import type { Settings } from "./settings.ts";

const HISTOGRAM = "cudaprobe_cold_start_duration_seconds";
const FAILURES = "cudaprobe_run_failures_total";
const BY = "sum by (job, instance, gpu, gpu_uuid, mig_uuid, probe)";

/**
 * What counts, as PromQL with a range: starts that were measured, those in time, and those that failed, which are of
 * every cold start whatever its runtime or number at once.
 */
export interface SloSelectors {
  readonly measured: string;
  readonly inTime: string;
  readonly failed: string;
}

/**
 * Starts alone: of many at once most wait for the driver's lock, and are no slower than they have to be. What is cold on
 * purpose (`jit_cache`, `page_cache`) counts like any other, since a user who meets it waits as long.
 */
export function selectSlo(settings: Settings, range: string): SloSelectors {
  const { runtime, targetSeconds } = settings.slo;
  const alone = `runtime="${runtime}", concurrency="1"`;
  return {
    measured: `${select(settings, `${HISTOGRAM}_count`, alone)}[${range}]`,
    inTime: `${select(settings, `${HISTOGRAM}_bucket`, alone, matchEdge(targetSeconds))}[${range}]`,
    failed: `${select(settings, FAILURES, 'kind="cold_start"')}[${range}]`,
  };
}

/** The failures of the probes whose starts count, a series a reason: a failure has neither a runtime nor a number at once. */
export function failuresThatCount(
  { measured, failed }: SloSelectors,
  by: "increase" | "rate",
): string {
  return `${by}(${failed}) and on (${TARGET}) ${by}(${measured})`;
}

/** Prometheus 3 writes the edge of a bucket that is a whole number as 1.0, Prometheus 2 as 1. */
function matchEdge(seconds: number): string {
  return Number.isInteger(seconds) ? `le=~"${seconds}|${seconds}\\\\.0"` : `le="${seconds}"`;
}

/** The name of the recorded part of cold starts that failed or were too slow. */
export function errorsName(windowSeconds: number): string {
  return `gpu_probe:cudaprobe_cold_start_slo_errors:ratio_increase${formatDuration(windowSeconds)}`;
}

/** The name of the recorded number of cold starts. */
export function runsName(windowSeconds: number): string {
  return `gpu_probe:cudaprobe_cold_start_slo_runs:increase${formatDuration(windowSeconds)}`;
}

/** Both for a window. A probe of another runtime, or of many at once, has no such histogram, and so its failures are left out. */
export function recordSlo(settings: Settings, windowSeconds: number): readonly RecordingRule[] {
  const { measured, inTime, failed } = selectSlo(settings, span(settings, windowSeconds));
  const good = `${BY} (increase(${inTime}))`;
  const starts = `${BY} (increase(${measured}))`;
  // Failures are there at 0 from the start; without them the starts alone would count.
  const failures = `(${BY} (increase(${failed})) or 0 * ${starts})`;
  const runs = runsName(windowSeconds);
  return [
    { record: runs, expr: `${starts}\n+\n${failures}` },
    { record: errorsName(windowSeconds), expr: `(${runs} - ${good})\n/\n(${runs} > 0)` },
  ];
}
