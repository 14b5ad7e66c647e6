import type { Drawing } from "../parts/panel.ts";
import { increase, ofTargets } from "../parts/select.ts";
import { timeSeries } from "../parts/time-series.ts";

const TARGET = "job, instance, probe, gpu_uuid, mig_uuid";
/** Skips but those that come before any process, whatever the kind. */
const PERHAPS_ITS_OWN = 'reason!~"in_flight|lane_busy|busy"';
/** Failures of a run that perhaps had none. */
const PERHAPS_NO_PROCESS = 'reason=~"not_started|mps_unavailable"';

/** What became of runs of some kinds, so that a gap in a figure has a reason beside it. */
export function outcomes(kinds: string, size: { width: number; height: number }): Drawing {
  const of = `kind=~"${kinds}"`;
  const sum = (by: string, family: string): string =>
    `sum by (${by}) (${increase(ofTargets(family, of))})`;
  return timeSeries({
    title: "Runs in the window, by how they ended",
    description:
      "Runs of the window before each moment. A skipped run is no failure: a gate stopped it, or this host does not support it. A reason without a colour did not occur.",
    unit: "short",
    ...size,
    stacked: true,
    minimum: 0,
    queries: [
      {
        legend: "succeeded",
        expr: succeeded(of),
      },
      {
        legend: "failed: {{reason}}",
        expr: `${sum("reason", "cudaprobe_run_failures_total")} > 0`,
      },
      { legend: "skipped: {{reason}}", expr: `${sum("reason", "cudaprobe_run_skips_total")} > 0` },
    ],
  });
}

/**
 * Runs that started a process less those that failed, for as long as that is what the two counters say. A probe that skips its own
 * run is in the runs and in the skips, a gate in the skips alone, and both may give the same reason; some failures are of no process.
 * A target with either in the window has its successes counted by their time instead, which tells at most one a scrape.
 */
function succeeded(of: string): string {
  const came = (family: string, ...matchers: readonly string[]): string =>
    ofEachTarget(increase(ofTargets(family, of, ...matchers)));
  const runs = came("cudaprobe_runs_total");
  const last = ofTargets("cudaprobe_run_last_success_timestamp_seconds", of);
  return `sum(
  (
    ${runs}
    - ${came("cudaprobe_run_failures_total")}
  ) unless (
    ${came("cudaprobe_run_skips_total", PERHAPS_ITS_OWN)} > 0
    or ${came("cudaprobe_run_failures_total", PERHAPS_NO_PROCESS)} > 0
  )
  or ${ofEachTarget(`changes(${last}[$window])`)}
  or 0 * ${runs}
)`;
}

function ofEachTarget(series: string): string {
  return `sum by (${TARGET}) (${series})`;
}
