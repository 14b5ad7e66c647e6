import type { Family } from "../probes/family.ts";

const labelNames = ["probe", "kind"];

/** What the probes themselves cost. */
export const costFamilies: readonly Family[] = [
  {
    name: "cudaprobe_run_seconds_total",
    type: "counter",
    help: "Time that processes of runs existed, from the first start to the last end of a run.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_run_cpu_seconds_total",
    type: "counter",
    help: "CPU time that processes of runs used, in user and kernel mode, without what started them.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_run_gpu_seconds_total",
    type: "counter",
    help: "Time that processes of runs held a context on the GPU, from the begin of its creation to the end of the process; all of the time of a run that does not report when that is.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_run_transferred_bytes_total",
    type: "counter",
    help: "Bytes that runs that succeeded copied or passed on, each counted once whatever way it took.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_lane_wait_seconds",
    type: "histogram",
    help: "Time from when a run was due or asked for to its process, waiting for other runs of the host included.",
    labelNames: ["kind"],
    device: false,
    buckets: [0.01, 0.1, 1, 10, 60],
  },
];
