import type { Family } from "../probes/family.ts";

const labelNames = ["probe", "kind"];

/** What became of the runs of every target. */
export const runFamilies: readonly Family[] = [
  {
    name: "cudaprobe_runs_total",
    type: "counter",
    help: "Runs that started a process, counted when they end.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_run_failures_total",
    type: "counter",
    help: "Runs that ended neither in success nor as skipped, by reason.",
    labelNames: [...labelNames, "reason"],
    device: true,
  },
  {
    name: "cudaprobe_run_skips_total",
    type: "counter",
    help: "Runs that a gate stopped before they started, or that the probe itself skipped, by reason.",
    labelNames: [...labelNames, "reason"],
    device: true,
  },
  {
    name: "cudaprobe_run_last_failure_info",
    type: "gauge",
    help: "Always 1, for a target whose last run failed: why and in which phase; absent otherwise.",
    labelNames: [...labelNames, "reason", "phase", "code"],
    device: true,
  },
  {
    name: "cudaprobe_run_success",
    type: "gauge",
    help: "1 when the last run succeeded, 0 when it failed; a skipped run leaves it, and it is absent before the first end.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_run_last_success_timestamp_seconds",
    type: "gauge",
    help: "When the last run that succeeded ended, in seconds since 1970; absent before the first.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_run_retry_timestamp_seconds",
    type: "gauge",
    help: "When a target that goes on failing is tried again, in seconds since 1970; absent while it runs by its schedule.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_run_last_timestamp_seconds",
    type: "gauge",
    help: "When the last run ended, in seconds since 1970; a skipped run leaves it, and it is absent before the first end.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_run_last_skip_timestamp_seconds",
    type: "gauge",
    help: "When a run was last skipped, for whatever reason, in seconds since 1970; absent before the first.",
    labelNames,
    device: true,
  },
];
