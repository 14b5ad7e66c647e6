import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import type { Drawing } from "../parts/panel.ts";
import { onGpus } from "../parts/select.ts";
import { table, type ValueColumn } from "../parts/table.ts";
import { timeSeries } from "../parts/time-series.ts";
import { MEMORY_LIMITS, MEMORY_STEPS, MEMORY_USED } from "./figures.ts";

const SIZE = { width: 12, height: 8 };
const BY = "by (instance, gpu, mig_uuid)";
const TOTAL = onGpus("cudaprobe_gpu_memory_total_bytes");
const USED = onGpus("cudaprobe_gpu_memory_bytes", 'state="used"');

/** Who holds the memory. */
export function memoryUse(): readonly Drawing[] {
  return [
    timeSeries({
      ...SIZE,
      title: "Memory used of each GPU",
      description:
        "The part of a GPU's memory that is used. At the line hardly anything can start.",
      unit: "percentunit",
      minimum: 0,
      maximum: 1,
      limits: MEMORY_LIMITS,
      queries: [{ legend: "{{instance}} GPU {{gpu}}", expr: `max ${BY} (${MEMORY_USED})` }],
    }),
    timeSeries({
      ...SIZE,
      title: "Who holds it",
      description:
        "The 15 largest, by the name of the process and GPU; cudaprobe's own probes are left out. Where NVML does not tell the memory of a process there is none, and the table below says n/a.",
      unit: "bytes",
      stacked: true,
      minimum: 0,
      noValue: "No process holds memory, or NVML does not tell",
      queries: [
        {
          legend: "{{process_name}} ({{instance}} GPU {{gpu}})",
          expr: `topk(15, sum by (instance, gpu, process_name) (${onGpus("cudaprobe_gpu_process_memory_bytes")}))`,
        },
      ],
    }),
    growth(),
    unattributed(),
    memoryTable(),
  ];
}

function growth(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Growth over the window",
    description:
      "By how much a GPU's used memory has grown or shrunk over the window before each moment. A load is a step that goes after a window; a leak stays above 0.",
    unit: "bytes",
    queries: [{ legend: "{{instance}} GPU {{gpu}}", expr: `max ${BY} (delta(${USED}[$window]))` }],
  });
}

function unattributed(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Memory that no process accounts for",
    description:
      "Used memory of a GPU beyond what its processes hold. It is absent where the memory of a process is not known. The line is where the alert begins.",
    unit: "bytes",
    minimum: 0,
    limits: [[SETTINGS.gpu.unattributedMemory.bytes, "orange"]],
    noValue: "Not known on these GPUs",
    queries: [
      {
        legend: "{{instance}} GPU {{gpu}}",
        expr: `max ${BY} (${onGpus("cudaprobe_gpu_unattributed_memory_bytes")})`,
      },
    ],
  });
}

function memoryTable(): Drawing {
  return table({
    title: "Memory now",
    description:
      "Each GPU and MIG instance in the last run of process_memory. n/a is what this driver or GPU does not tell; a GPU that is missing was not measured.",
    width: 24,
    height: 6,
    labels: [
      { label: "instance", title: "Instance", width: 130 },
      { label: "gpu", title: "GPU", width: 55 },
      { label: "mig_uuid", title: "MIG instance" },
    ],
    values: [
      column("Total", TOTAL),
      column("Used", USED),
      column("Reserved", onGpus("cudaprobe_gpu_memory_bytes", 'state="reserved"')),
      column("Free", onGpus("cudaprobe_gpu_memory_bytes", 'state="free"')),
      { ...column("Used part", MEMORY_USED), unit: "percentunit", steps: MEMORY_STEPS },
      {
        title: "Processes",
        unit: "none",
        expr: `sum ${BY} (${onGpus("cudaprobe_gpu_processes")})`,
      },
      {
        ...column(
          "Unattributed",
          `${onGpus("cudaprobe_gpu_unattributed_memory_bytes")} or 0 * ${TOTAL} - 1`,
        ),
        states: { "-1": ["n/a", "text"] },
      },
      column("Our probes", onGpus("cudaprobe_gpu_own_memory_bytes")),
    ],
    noValue: "No GPU was measured",
  });
}

function column(title: string, expr: string): ValueColumn {
  return { title, unit: "bytes", expr: `max ${BY} (${expr})` };
}
