import { FIRING } from "../parts/annotations.ts";
import { heatmap } from "../parts/heatmap.ts";
import type { Drawing } from "../parts/panel.ts";
import { bucketCounts, median, onGpus } from "../parts/select.ts";
import { table } from "../parts/table.ts";
import { timeSeries } from "../parts/time-series.ts";
import { coldStartRatio, RATIO_LIMITS } from "./figures.ts";

const SIZE = { width: 12, height: 8 };

/** How cold starts of the fleet went. */
export function fleetTrends(): readonly Drawing[] {
  return [starts(), againstPast(), allStarts(), firingAlerts()];
}

function starts(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Cold start of each GPU",
    description:
      "The median of the window, of each probe of each GPU. A gap is a time without a run that succeeded.",
    unit: "s",
    minimum: 0,
    queries: [
      {
        legend: "{{instance}} GPU {{gpu}} {{probe}}",
        expr: `max by (instance, gpu, probe) (${median(onGpus("cudaprobe_cold_start_last_duration_seconds"))})`,
      },
    ],
  });
}

function againstPast(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Cold start against its past",
    description:
      "The median of an hour to that of the 7 days before, as the rules record it: 1 is as ever, and the lines are where the slow and the fast alert begin. The past takes in a slowdown that lasts, after half a week; a pinned baseline does not.",
    unit: "none",
    limits: RATIO_LIMITS,
    noValue: "No past yet, or the rules of deploy/prometheus are not loaded",
    queries: [
      {
        legend: "{{instance}} GPU {{gpu}} {{probe}}",
        expr: `max by (instance, gpu, probe) (${coldStartRatio()})`,
      },
    ],
  });
}

function allStarts(): Drawing {
  return heatmap({
    ...SIZE,
    title: "All cold starts",
    description:
      "How many cold starts of the chosen hosts took how long. Two bands are two kinds of start, or two kinds of GPU.",
    unit: "s",
    expr: bucketCounts((suffix) => onGpus(`cudaprobe_cold_start_duration_seconds${suffix}`)),
  });
}

function firingAlerts(): Drawing {
  return table({
    title: "Which alerts fire",
    description:
      "Alerts of cudaprobe that fire now. docs/runbook.md has a section for each. Needs the rules of deploy/prometheus.",
    ...SIZE,
    labels: [
      { label: "alertname", title: "Alert", width: 320 },
      { label: "severity", title: "Severity", width: 80 },
      { label: "instance", title: "Instance", width: 130 },
      { label: "gpu", title: "GPU", width: 55 },
      { label: "probe", title: "Probe" },
    ],
    values: [
      {
        title: "Value",
        unit: "none",
        expr: `count by (alertname, severity, instance, gpu, probe) (${FIRING})`,
      },
    ],
    hideValues: true,
    noValue: "No alert fires",
  });
}
