import type { Reason } from "../protocol/reasons.ts";
import { defineKind } from "./kind.ts";
import { processMemoryCharts } from "./process-memory-charts.ts";
import { processMemoryFamilies } from "./process-memory-families.ts";
import { observeProcessMemory } from "./process-memory-observe.ts";
import { processMemoryFigures, processMemoryTables } from "./process-memory-tables.ts";
import { flag } from "./quantities.ts";

const PHASES = ["spawn", "load_driver", "init", "list", "exit"] as const;

const REASONS: readonly Reason[] = [
  "no_library",
  "no_driver",
  "driver_mismatch",
  "driver_too_old",
  "no_device",
  "permission",
  "exclusive",
  "oom",
  "not_supported",
  "gpu_lost",
  "reset_required",
  "system_not_ready",
  "unknown",
  "corrupt",
  "cancelled",
];

/** NVML names a process by its number alone: with 4096 of them a device the output is some megabytes. */
const MAX_OUTPUT_BYTES = 4 * 2 ** 20;

const optionsShape = {
  pid: flag()
    .prefault(true)
    .describe(
      "Whether each process has series of its own. Without it their memory is summed over what else is known of them: name, client, container, pod, job and unit.",
    ),
  wake: flag()
    .prefault(false)
    .describe(
      "Looking wakes a GPU whose persistence mode is off. While there is one, a run is made every 5 minutes at most, unless this is true.",
    ),
};

/** Who holds the memory of every GPU of the host, as NVML tells it: the metric that the memory experiment of StreamBox looks up by hand. */
export const processMemory = defineKind({
  name: "process_memory",
  scope: "host",
  summary: "How much memory of each GPU is taken, by which process, in which container.",
  program: "process_memory",
  optionsShape,
  defaultTimeoutSeconds: 30,
  // An H100 takes 0.02 s; eight GPUs and a thousand processes take longer.
  expectedSeconds: 0.1,
  defaultIterations: 1,
  reasons: REASONS,
  gatedByUtilization: false,
  families: processMemoryFamilies,
  measurement: ({ pid, wake }) => ({
    phases: PHASES,
    instances: 1,
    cache: "any",
    maxOutputBytes: MAX_OUTPUT_BYTES,
    ...(wake ? {} : { sleepingSchedule: "*/5 * * * *" }),
    args: ({ processesPerDevice, libnvidiaMl }) => [
      `--processes_per_device=${String(processesPerDevice)}`,
      ...(libnvidiaMl === undefined ? [] : [`--libnvidia_ml=${libnvidiaMl}`]),
    ],
    env: () => ({}),
    infoLabels: {},
    zeros: () => [],
    observe: ({ end }) => observeProcessMemory(end, { pid }),
    figures: processMemoryFigures,
    tables: processMemoryTables,
    charts: processMemoryCharts,
  }),
});
