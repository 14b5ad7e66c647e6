import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import type { Drawing } from "../parts/panel.ts";
import { increase, ofTargets } from "../parts/select.ts";
import { table } from "../parts/table.ts";
import { timeSeries } from "../parts/time-series.ts";
import { AGE_IN_INTERVALS } from "./health-top.ts";
import { lastRuns } from "./last-runs.ts";
import { outcomes } from "./run-outcomes.ts";

const ALL = ".+";
const SIZE = { width: 12, height: 8 };

/** Whether runs come when they should, and what became of those that did not. */
export function runHealth(): readonly Drawing[] {
  return [
    lastRuns(ALL, { width: 12, height: 10 }),
    outcomes(ALL, { width: 12, height: 10 }),
    timeSeries({
      ...SIZE,
      title: "Age of the last run, in intervals of its schedule",
      description: "Up to 1 is punctual. The line is where the alert about stale runs begins.",
      unit: "none",
      minimum: 0,
      limits: [[SETTINGS.runs.stale.intervals, "red"]],
      queries: [
        {
          legend: "{{probe}}",
          expr: `max by (probe) (${AGE_IN_INTERVALS})`,
        },
      ],
    }),
    reasons(),
  ];
}

function reasons(): Drawing {
  return table({
    ...SIZE,
    title: "Failures and skips in the window",
    description:
      "Why runs of the window were no success. docs/runbook.md says what to look at; the reason of a skip is that of the gate or of the probe itself.",
    labels: [
      { label: "how", title: "How" },
      { label: "reason", title: "Reason" },
      { label: "instance", title: "Instance", width: 130 },
      { label: "gpu", title: "GPU", width: 55 },
      { label: "probe", title: "Probe" },
    ],
    values: [
      {
        title: "Runs",
        unit: "short",
        expr: `${count("cudaprobe_run_failures_total", "failed")}
or
${count("cudaprobe_run_skips_total", "skipped")}`,
      },
    ],
    noValue: "No run failed or was skipped",
  });
}

function count(family: string, how: string): string {
  const runs = `sum by (instance, gpu, probe, reason) (${increase(ofTargets(family))}) > 0`;
  return `label_replace(${runs}, "how", "${how}", "", "")`;
}
