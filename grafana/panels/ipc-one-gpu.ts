import { heatmap } from "../parts/heatmap.ts";
import type { Drawing, Query } from "../parts/panel.ts";
import { bucketCounts, median, onGpus } from "../parts/select.ts";
import { table } from "../parts/table.ts";
import { timeSeries } from "../parts/time-series.ts";
import { IPC_RATIO, IPC_RATIO_LIMITS } from "./figures.ts";

const SIZE = { width: 12, height: 9 };
/** Between two processes on one GPU; pairs of GPUs have a section of their own. */
const ONE_GPU = 'peer_gpu_uuid=""';
const OF_SIZE = [ONE_GPU, 'size_bytes="$size"'] as const;
const WAY = "mechanism, memory, use";

/** What passing data on takes on one GPU: all sizes once, then the chosen one over time. */
export function ipcOneGpu(): readonly Drawing[] {
  return [bySize(), ...ofTheSize(), allTransfers(), againstPast()];
}

function bySize(): Drawing {
  const by = `avg by (${WAY}, size_bytes)`;
  return table({
    title: "Every way and size, on one GPU",
    description:
      "The median of the window, on the average of the chosen GPUs. shm, unix and tcp pass by way of the host (stream); legacy and vmm_fd hand on a handle of GPU memory, for its first use and for a reuse.",
    width: 24,
    height: 11,
    labels: [
      { label: "size_bytes", title: "Size", unit: "bytes" },
      { label: "mechanism", title: "Mechanism" },
      { label: "memory", title: "Host memory" },
      { label: "use", title: "Use" },
    ],
    values: [
      {
        title: "Time",
        unit: "s",
        expr: `sort(${by} (${median(onGpus("cudaprobe_ipc_transfer_last_duration_seconds", ONE_GPU))}))`,
      },
      {
        title: "Bandwidth",
        unit: "binBps",
        expr: `${by} (${median(onGpus("cudaprobe_ipc_bandwidth_bytes_per_second", ONE_GPU))})`,
      },
    ],
    noValue: "No run of function_ipc or cuda_ipc has succeeded",
  });
}

function ofTheSize(): readonly Drawing[] {
  const last = "cudaprobe_ipc_transfer_last_duration_seconds";
  const bandwidth = "cudaprobe_ipc_bandwidth_bytes_per_second";
  const phases = onGpus("cudaprobe_ipc_phase_last_duration_seconds", ...OF_SIZE);
  return [
    timeSeries({
      ...SIZE,
      title: "Time for $size bytes",
      description:
        "The median of the window for the chosen size, on the average of the chosen GPUs, by the way that data took on one GPU.",
      unit: "s",
      minimum: 0,
      queries: ways(last),
    }),
    timeSeries({
      ...SIZE,
      title: "Bandwidth for $size bytes",
      description:
        "The chosen size divided by that time: a link that has lost lanes is a step down.",
      unit: "binBps",
      minimum: 0,
      queries: ways(bandwidth),
    }),
    timeSeries({
      ...SIZE,
      title: "Phases for $size bytes",
      description:
        "The median of the last run of each phase. Medians do not add up, so they are not stacked; and phases of function_ipc overlap in the whole.",
      unit: "s",
      minimum: 0,
      queries: [
        {
          legend: "{{mechanism}} {{use}}: {{phase}}",
          expr: `avg by (mechanism, use, phase) (${phases})`,
        },
      ],
    }),
  ];
}

/** By way of the host, and by a handle, which has no host memory: Grafana writes the name of a label that is not there. */
function ways(family: string): readonly Query[] {
  const avg = (memory: string): string =>
    `avg by (${WAY}) (${median(onGpus(family, ...OF_SIZE, memory))})`;
  return [
    { legend: "{{mechanism}} {{memory}}", expr: avg('memory!=""') },
    { legend: "{{mechanism}} {{use}}", expr: avg('memory=""') },
  ];
}

function allTransfers(): Drawing {
  return heatmap({
    ...SIZE,
    title: "All transfers of $size bytes",
    description: "How many samples took how long, of all ways on one GPU. Each band is a way.",
    unit: "s",
    expr: bucketCounts((suffix) =>
      onGpus(`cudaprobe_ipc_transfer_duration_seconds${suffix}`, 'size_bytes="$size"'),
    ),
  });
}

function againstPast(): Drawing {
  return timeSeries({
    width: 24,
    height: 8,
    title: "Each way against its past",
    description:
      "The median of 6 hours to that of the 7 days before, the worst size and chosen GPU of each way on one GPU. The line is where the alert begins.",
    unit: "none",
    limits: IPC_RATIO_LIMITS,
    noValue: "No past yet, or the rules of deploy/prometheus are not loaded",
    queries: [
      {
        legend: "{{mechanism}} {{use}}",
        expr: `max by (mechanism, use) (${IPC_RATIO})`,
      },
    ],
  });
}
