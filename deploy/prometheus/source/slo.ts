import { formatDuration } from "./duration.ts";
import { select, span, type RecordingRule } from "./rule.ts";
import type { Settings } from "./settings.ts";

const HISTOGRAM = "cudaprobe_cold_start_duration_seconds";
const FAILURES = "cudaprobe_run_failures_total";
const BY = "sum by (job, instance, gpu, gpu_uuid, mig_uuid, probe)";

/** What counts, as PromQL with a range: starts that were measured, those in time, and those that failed. */
export interface SloSelectors {
  readonly measured: string;
  readonly inTime: string;
  readonly failed: string;
}

export function selectSlo(settings: Settings, range: string): SloSelectors {
  const { runtime, targetSeconds } = settings.slo;
  const ofRuntime = `runtime="${runtime}"`;
  return {
    measured: `${select(settings, `${HISTOGRAM}_count`, ofRuntime)}[${range}]`,
    inTime: `${select(settings, `${HISTOGRAM}_bucket`, ofRuntime, matchEdge(targetSeconds))}[${range}]`,
    failed: `${select(settings, FAILURES, 'kind="cold_start"')}[${range}]`,
  };
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

/** Both for a window. A probe with other failures than of this runtime has no histogram of it, and so is left out. */
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
