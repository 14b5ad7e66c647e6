import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import type { Drawing } from "../parts/panel.ts";
import { ofTargets, onHosts } from "../parts/select.ts";
import { stat } from "../parts/stat.ts";

const SIZE = { width: 4, height: 4 };

/** The figures at the top of the exporter's health, from left to right. */
export function healthTop(): readonly Drawing[] {
  return [hostsDown(), failing(), overdue(), configuration()];
}

function hostsDown(): Drawing {
  return stat({
    ...SIZE,
    title: "Hosts down",
    description: "Hosts of cudaprobe that Prometheus cannot scrape.",
    unit: "none",
    steps: [
      [null, "green"],
      [1, "red"],
    ],
    expr: `sum(1 - ${onHosts("up")})`,
    noValue: "Not scraped",
  });
}

function failing(): Drawing {
  return stat({
    ...SIZE,
    title: "Targets that fail",
    description: "Probes on devices whose last run failed.",
    unit: "none",
    steps: [
      [null, "green"],
      [1, "red"],
    ],
    expr: `count(${ofTargets("cudaprobe_run_success")} == 0) or 0 * max(${onHosts("up")})`,
    noValue: "Not scraped",
  });
}

function overdue(): Drawing {
  return stat({
    ...SIZE,
    title: "Longest overdue",
    description:
      "Time since a target's last end of a run, in intervals of its schedule, the longest. Beyond the limit the alert about stale runs begins.",
    unit: "none",
    decimals: 1,
    steps: [
      [null, "green"],
      [SETTINGS.runs.stale.intervals, "red"],
    ],
    expr: `max(${AGE_IN_INTERVALS})`,
    noValue: "No run has ended",
  });
}

function configuration(): Drawing {
  return stat({
    ...SIZE,
    title: "Configuration",
    description:
      "Whether the last attempt to load the configuration succeeded, on all chosen hosts.",
    unit: "none",
    states: { "1": ["Loaded", "green"], "0": ["Reload failed", "red"] },
    expr: `min(${onHosts("cudaprobe_config_last_reload_successful")})`,
    noValue: "Not scraped",
  });
}

/** How many of its schedule's intervals ago each target's last run ended. */
export const AGE_IN_INTERVALS = `(time() - ${ofTargets("cudaprobe_run_last_timestamp_seconds")})
/ on (job, instance, probe) group_left ()
${onHosts("cudaprobe_probe_interval_seconds")}`;
