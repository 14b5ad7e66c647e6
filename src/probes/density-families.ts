import type { Family } from "./family.ts";

const labelNames = ["probe", "runtime", "mps"];

export const INSTANCES = "cudaprobe_density_instances";
export const PROJECTED_INSTANCES = "cudaprobe_density_projected_instances";
export const INSTANCE_BYTES = "cudaprobe_density_instance_bytes";
export const LIMIT_INFO = "cudaprobe_density_limit_info";
export const RECLAIM = "cudaprobe_reclaim_duration_seconds";

const limitInfo: Family = {
  name: LIMIT_INFO,
  type: "gauge",
  help: "Always 1: what keeps another function off the GPU; of a footprint for the projected instances, of a density for those that were started in the last scheduled run.",
  labelNames: [...labelNames, "limit"],
  device: true,
  last: true,
};

/** What follows from the last footprint and the free memory of now. */
export const projectionFamilies: readonly Family[] = [
  {
    name: PROJECTED_INSTANCES,
    type: "gauge",
    help: "How many more functions of the size of the last scheduled footprint would fit on the GPU with the memory that is free now.",
    labelNames,
    device: true,
    last: true,
  },
  limitInfo,
];

/** What starting one function after another came to. */
export const densityFamilies: readonly Family[] = [
  {
    name: INSTANCES,
    type: "gauge",
    help: "How many functions held the GPU at the same time in the last scheduled run, when a limit was met.",
    labelNames,
    device: true,
    last: true,
  },
  {
    name: INSTANCE_BYTES,
    type: "gauge",
    help: "By how much the GPU's used memory grew with each function in the last scheduled run: the slope over all of them.",
    labelNames,
    device: true,
    last: true,
  },
  limitInfo,
  {
    name: RECLAIM,
    type: "gauge",
    help: "Time from the end of a function's process until its GPU memory was free again, in the last scheduled run, by how it ended.",
    labelNames: ["probe", "runtime", "how"],
    device: true,
    last: true,
  },
];
