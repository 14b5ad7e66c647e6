import type { Family } from "../probes/family.ts";

/** The daemon and its host. */
export const daemonFamilies: readonly Family[] = [
  {
    name: "cudaprobe_host_info",
    type: "gauge",
    help: "Always 1: the host's operating system and processor.",
    labelNames: [
      "distribution",
      "distribution_version",
      "kernel",
      "architecture",
      "cpu_model",
      "virtualization",
    ],
    device: false,
  },
  {
    name: "cudaprobe_build_info",
    type: "gauge",
    help: "Always 1: the version of cudaprobe, the revision it was built from and the Node that runs it.",
    labelNames: ["version", "revision", "node"],
    device: false,
  },
  {
    name: "cudaprobe_paused",
    type: "gauge",
    help: "1 while a file or a request keeps everything from being started, else 0; a file is looked for before each run and each look at the driver.",
    labelNames: [],
    device: false,
  },
  {
    name: "cudaprobe_config_last_reload_successful",
    type: "gauge",
    help: "1 when the last attempt to load the configuration succeeded, else 0.",
    labelNames: [],
    device: false,
  },
  {
    name: "cudaprobe_config_last_reload_success_timestamp_seconds",
    type: "gauge",
    help: "When the configuration was last loaded with success, in seconds since 1970.",
    labelNames: [],
    device: false,
  },
];
