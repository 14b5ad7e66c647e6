import type { Drawing } from "../parts/panel.ts";
import { median, ofTargets, onGpus } from "../parts/select.ts";
import { table, type ValueColumn } from "../parts/table.ts";
import { coldStartRatio, MEMORY_STEPS, MEMORY_USED, RATIO_STEPS } from "./figures.ts";

const BY = "by (instance, gpu, mig_uuid)";
const COLD_START =
  "/d/cudaprobe-cold-start?${datasource:queryparam}&${job:queryparam}&var-instance=${__data.fields.Instance}&var-gpu=${__data.fields.GPU}&${window:queryparam}&${__url_time_range}";

/** A row for each GPU of the fleet, with what matters most; its name leads to its cold starts. */
export function fleetGpus(): Drawing {
  return table({
    title: "Each GPU",
    description:
      "Each GPU and MIG instance: whether it answers, the median of its slowest cold start in the window, the worst ratio to the 7 days before, memory, who is on it, and how many more functions fit. An empty cell is a figure that is not known; Collection says why.",
    width: 24,
    height: 6,
    labels: [
      { label: "instance", title: "Instance", width: 130, link: COLD_START },
      { label: "gpu", title: "GPU", width: 55 },
      { label: "mig_uuid", title: "MIG instance" },
      { label: "name", title: "Model", width: 270 },
    ],
    values: [
      answers(),
      ...coldStarts(),
      {
        title: "Memory used",
        unit: "percentunit",
        expr: `max ${BY} (${MEMORY_USED})`,
        steps: MEMORY_STEPS,
      },
      {
        title: "Processes",
        unit: "none",
        expr: `sum ${BY} (${onGpus("cudaprobe_gpu_processes")})`,
      },
      {
        title: "More that fit",
        unit: "none",
        expr: `min ${BY} (${onGpus("cudaprobe_density_projected_instances")})`,
      },
    ],
    noValue: "No GPU has been listed",
  });
}

const ANSWERS = { "1": ["yes", "green"], "0": ["no", "red"] } as const;

function answers(): ValueColumn {
  const expr = `max by (instance, gpu, mig_uuid, name) (${named()})`;
  return { title: "Answers", unit: "none", expr, states: ANSWERS };
}

/** A GPU that does not answer has no name. */
function named(): string {
  const up = onGpus("cudaprobe_gpu_up");
  const info = onGpus("cudaprobe_gpu_info");
  const on = "on (job, instance, gpu_uuid, mig_uuid)";
  return `(${up} * ${on} group_left (name) ${info}) or (${up} unless ${on} ${info})`;
}

function coldStarts(): readonly ValueColumn[] {
  const last = onGpus("cudaprobe_cold_start_last_duration_seconds");
  const success = ofTargets("cudaprobe_run_last_success_timestamp_seconds", 'kind="cold_start"');
  return [
    { title: "Cold start", unit: "s", expr: `max ${BY} (${median(last)})` },
    {
      title: "Against its past",
      unit: "none",
      decimals: 2,
      expr: `max ${BY} (${coldStartRatio()})`,
      steps: RATIO_STEPS,
    },
    { title: "Last success", unit: "s", expr: `min ${BY} (time() - ${success})` },
  ];
}
