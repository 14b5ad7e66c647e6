import type { Drawing } from "../parts/panel.ts";
import { onGpus, onHosts } from "../parts/select.ts";
import { table } from "../parts/table.ts";

const SIZE = { width: 12, height: 5 };

/** What the hosts of the fleet run, for comparing them. */
export function fleetVersions(): readonly Drawing[] {
  return [drivers(), models()];
}

function drivers(): Drawing {
  return table({
    ...SIZE,
    title: "Drivers",
    description: "How many hosts run each driver; a roll-out in progress is two rows.",
    labels: [
      { label: "backend", title: "Backend" },
      { label: "driver_version", title: "Driver" },
      { label: "cuda_version", title: "CUDA" },
    ],
    values: [
      {
        title: "Hosts",
        unit: "none",
        expr: `count by (backend, driver_version, cuda_version) (${onHosts("cudaprobe_driver_info")})`,
      },
    ],
    noValue: "No driver answers",
  });
}

function models(): Drawing {
  return table({
    ...SIZE,
    title: "Models",
    description: "How many GPUs and MIG instances there are of each model.",
    labels: [
      { label: "name", title: "Model", width: 270 },
      { label: "compute_mode", title: "Compute mode" },
      { label: "mig_mode", title: "MIG" },
    ],
    values: [
      {
        title: "GPUs",
        unit: "none",
        expr: `count by (name, compute_mode, mig_mode) (${onGpus("cudaprobe_gpu_info")})`,
      },
    ],
    noValue: "No GPU answers",
  });
}
