import type { Family } from "../probes/family.ts";

const labelNames = ["probe", "kind"];

/** What only the answer of /probe has, beside the families of its run. */
export const oneRunFamilies: readonly Family[] = [
  {
    name: "cudaprobe_probe_success",
    type: "gauge",
    help: "1 when the run that was asked for succeeded, 0 when it failed or was skipped.",
    labelNames,
    device: true,
  },
  {
    name: "cudaprobe_probe_duration_seconds",
    type: "gauge",
    help: "Time from the request to the end of its run, waiting for other runs of the host included.",
    labelNames,
    device: true,
  },
];
