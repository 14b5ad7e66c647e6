import type { Drawing } from "../parts/panel.ts";
import { onGpus } from "../parts/select.ts";
import { table } from "../parts/table.ts";
import { timeSeries } from "../parts/time-series.ts";

const SIZE = { width: 12, height: 8 };
const LEGEND = "{{probe}} ({{instance}} GPU {{gpu}})";

/** What one function takes, and how many fit. */
export function density(): readonly Drawing[] {
  return [footprintPhases(), footprints(), moreThatFit(), started(), limits(), reclaim()];
}

function footprintPhases(): Drawing {
  return table({
    ...SIZE,
    title: "Memory of each phase of a start",
    description:
      "What each phase of a function's start added to its process on the GPU, and with MPS to the server, on the average of the chosen GPUs. A phase that adds nothing is left out.",
    labels: [
      { label: "probe", title: "Probe" },
      { label: "runtime", title: "Runtime" },
      { label: "mps", title: "MPS" },
      { label: "component", title: "Held by" },
      { label: "phase", title: "Phase" },
    ],
    values: [
      {
        title: "Memory",
        unit: "bytes",
        expr: `sort_desc(avg by (probe, runtime, mps, component, phase) (${onGpus("cudaprobe_footprint_bytes")}) > 0)`,
      },
    ],
    noValue: "No footprint was measured",
  });
}

function footprints(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Memory of one function",
    description:
      "What a function holds on its GPU after its last phase, the most of the chosen GPUs; the server of MPS, which all its clients share, apart. The slope is what one more of many took when density started them.",
    unit: "bytes",
    minimum: 0,
    queries: [
      {
        legend: "{{probe}}: {{component}}",
        expr: `max by (probe, component) (sum by (instance, gpu_uuid, mig_uuid, probe, component) (${onGpus("cudaprobe_footprint_bytes")}))`,
      },
      {
        legend: "{{probe}}: slope",
        expr: `max by (probe) (${onGpus("cudaprobe_density_instance_bytes")})`,
      },
    ],
  });
}

function moreThatFit(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "How many more fit now",
    description:
      "Functions of the last footprint that would fit with the memory that is free now. At 0 the next one fails.",
    unit: "none",
    minimum: 0,
    queries: [{ legend: LEGEND, expr: onGpus("cudaprobe_density_projected_instances") }],
  });
}

function started(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "How many were started at once",
    description:
      "Functions that held the GPU at the same time in the last run of density, until a limit was met. Off unless it is configured, because it fills the GPU.",
    unit: "none",
    minimum: 0,
    noValue: "No probe of the kind density is configured, or none has succeeded",
    queries: [{ legend: LEGEND, expr: onGpus("cudaprobe_density_instances") }],
  });
}

function limits(): Drawing {
  return table({
    ...SIZE,
    title: "What keeps another function off",
    description:
      "The limit that binds first: memory, the clients of MPS, exclusive mode, or what the probe was told to stop at.",
    labels: [
      { label: "instance", title: "Instance", width: 130 },
      { label: "gpu", title: "GPU", width: 55 },
      { label: "probe", title: "Probe" },
      { label: "limit", title: "Limit" },
    ],
    values: [
      {
        title: "Value",
        unit: "none",
        expr: `max by (instance, gpu, probe, limit) (${onGpus("cudaprobe_density_limit_info")})`,
      },
    ],
    hideValues: true,
    noValue: "Neither a footprint nor a density was measured",
  });
}

function reclaim(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Until memory is free again",
    description:
      "From the end of a function's process until its GPU memory was free, by whether it ended by itself or was killed, the longest of the chosen GPUs.",
    unit: "s",
    minimum: 0,
    noValue: "No probe of the kind density is configured, or none has succeeded",
    queries: [
      {
        legend: "{{probe}}: after {{how}}",
        expr: `max by (probe, how) (${onGpus("cudaprobe_reclaim_duration_seconds")})`,
      },
    ],
  });
}
