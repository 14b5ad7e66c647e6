import type { Family } from "../probes/family.ts";

/** What is configured, for the probes that have a target. */
export const probeFamilies: readonly Family[] = [
  {
    name: "cudaprobe_probe_info",
    type: "gauge",
    help: "Always 1: a configured probe, its kind and its options; an option that its kind does not have is empty.",
    labelNames: [
      "probe",
      "kind",
      "runtime",
      "concurrency",
      "mps",
      "active_thread_percentage",
      "module_loading",
      "jit_cache",
      "visible_devices",
      "page_cache",
      "spread",
      "mechanism",
      "memory",
      "samples",
    ],
    device: false,
  },
  {
    name: "cudaprobe_probe_interval_seconds",
    type: "gauge",
    help: "Time between the next two ticks of a probe's schedule.",
    labelNames: ["probe"],
    device: false,
  },
];
