import type { Drawing } from "../parts/panel.ts";
import { mean, ofTargets, onGpus, onHosts } from "../parts/select.ts";
import { timeSeries } from "../parts/time-series.ts";

const SIZE = { width: 8, height: 8 };
const WIDE = { width: 12, height: 8 };

/** What the probes cost the host and its GPUs. */
export function probeCosts(): readonly Drawing[] {
  return [laneBusy(), gpuHeld(), laneWait(), cpu(), transferred()];
}

function laneBusy(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Part of the time that a run is going on",
    description:
      "One run at a time on a host: near 100 % runs wait for each other, and ticks are dropped as lane_busy.",
    unit: "percentunit",
    minimum: 0,
    queries: [{ legend: "{{instance}}", expr: rate("instance", "cudaprobe_run_seconds_total") }],
  });
}

function gpuHeld(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Part of the time that a probe holds a GPU",
    description: "With a context open, which is when others feel it.",
    unit: "percentunit",
    minimum: 0,
    queries: [
      {
        legend: "{{instance}} GPU {{gpu}}",
        expr: `sum by (instance, gpu) (rate(${onGpus("cudaprobe_run_gpu_seconds_total", 'gpu!=""')}[$window]))`,
      },
    ],
  });
}

function laneWait(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Wait for the lane",
    description: "From when a run was due to its process, on the average of the window, by kind.",
    unit: "s",
    minimum: 0,
    queries: [
      {
        legend: "{{kind}}",
        expr: mean("kind", (suffix) => onHosts(`cudaprobe_lane_wait_seconds${suffix}`)),
      },
    ],
  });
}

function cpu(): Drawing {
  return timeSeries({
    ...WIDE,
    title: "CPU",
    description: "CPU time a second of the daemon itself and of the processes of its probes.",
    unit: "percentunit",
    minimum: 0,
    queries: [
      {
        legend: "daemon {{instance}}",
        expr: `sum by (instance) (rate(${onHosts("process_cpu_seconds_total")}[$window]))`,
      },
      {
        legend: "probes {{instance}}",
        expr: rate("instance", "cudaprobe_run_cpu_seconds_total"),
      },
    ],
  });
}

function transferred(): Drawing {
  const expr = rate("instance, kind", "cudaprobe_run_transferred_bytes_total");
  return timeSeries({
    ...WIDE,
    title: "Data that probes copy",
    description:
      "What runs that succeeded copied or passed on, a second on the average of the window.",
    unit: "binBps",
    minimum: 0,
    queries: [{ legend: "{{instance}} {{kind}}", expr: `${expr} > 0` }],
  });
}

/** How much of a counter of the runs came a second, on the average of the window. */
function rate(by: string, family: string): string {
  return `sum by (${by}) (rate(${ofTargets(family)}[$window]))`;
}
