import type { Drawing } from "../parts/panel.ts";
import { increase, ofTargets, onHosts } from "../parts/select.ts";
import { table } from "../parts/table.ts";

const ROWS = "instance, gpu, mig_uuid, probe, kind";
const ON = "on (job, instance, probe, gpu_uuid, mig_uuid)";
/** Reasons that do not pass by themselves: the host cannot do what the probe asks for. */
const UNSUPPORTED = 'reason=~"not_supported|mps_control_missing|framework_missing"';

/** How the last run of each target of some kinds ended, and when one last succeeded. */
export function lastRuns(kinds: string, size: { width: number; height: number }): Drawing {
  const of = `kind=~"${kinds}"`;
  return table({
    title: "Last run of each probe",
    description:
      "Tells apart why there is no figure: a run that failed, one that a gate skipped for now, a probe that this host does not support, one that is overdue, and one that has not run yet. Reasons are in the panel of failures and skips.",
    ...size,
    labels: [
      { label: "instance", title: "Instance", width: 130 },
      { label: "gpu", title: "GPU", width: 55 },
      { label: "mig_uuid", title: "MIG instance" },
      { label: "kind", title: "Kind" },
      { label: "probe", title: "Probe" },
    ],
    values: [
      { title: "State", unit: "none", expr: state(of), states: STATES },
      {
        title: "Last success",
        unit: "s",
        expr: `max by (${ROWS}) (time() - ${ofTargets("cudaprobe_run_last_success_timestamp_seconds", of)})`,
      },
    ],
    noValue: "No such probe has been scraped",
  });
}

const STATES = {
  "1": ["Succeeded", "green"],
  "0": ["Failed", "red"],
  "-1": ["Not supported here", "text"],
  "-2": ["Skipped", "blue"],
  "-3": ["Overdue", "orange"],
  "-4": ["Not run yet", "text"],
} as const;

function state(of: string): string {
  const success = ofTargets("cudaprobe_run_success", of);
  const last = ofTargets("cudaprobe_run_last_success_timestamp_seconds", of);
  const interval = onHosts("cudaprobe_probe_interval_seconds");
  const inTime = `(time() - ${last} < on (job, instance, probe) group_left () (3 * ${interval}))`;
  return `max by (${ROWS}) (
  (${success} == 0)
  or (${success} == 1 and ${ON} ${inTime})
  or (0 * ${skipped(of, UNSUPPORTED)} - 1)
  or (0 * ${skipped(of)} - 2)
  or (0 * ${success} - 3)
  or (0 * ${ofTargets("cudaprobe_runs_total", of)} - 4)
)`;
}

function skipped(...matchers: readonly string[]): string {
  const skips = ofTargets("cudaprobe_run_skips_total", ...matchers);
  return `(sum without (reason) (${increase(skips)}) > 0)`;
}
