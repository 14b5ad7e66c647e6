import type { Drawing } from "../parts/panel.ts";
import { median, onGpus } from "../parts/select.ts";
import { table } from "../parts/table.ts";
import { timeSeries } from "../parts/time-series.ts";

const SIZE = { width: 12, height: 8 };
const PAIRS = 'peer_gpu_uuid!=""';
const NONE = "No pair of GPUs is measured: between_gpus is off, or there is one GPU";

/** What data goes over between the host and a GPU. */
export function hostLinks(): readonly Drawing[] {
  return [bandwidth(), links()];
}

function bandwidth(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Link between host and GPU",
    description:
      "The largest size of function_ipc divided by the median time of its copy from and to pinned host memory. It is how fast weights are loaded.",
    unit: "binBps",
    minimum: 0,
    queries: [
      {
        legend: "{{instance}} GPU {{gpu}} {{direction}}",
        expr: `max by (instance, gpu, direction) (${onGpus("cudaprobe_host_link_bytes_per_second")})`,
      },
    ],
  });
}

function links(): Drawing {
  return table({
    ...SIZE,
    title: "Links",
    description:
      "What the link was while data was copied: a generation or width below that of its neighbours is a slot or a riser to look at. Empty where the driver does not tell.",
    labels: [
      { label: "instance", title: "Instance", width: 130 },
      { label: "gpu", title: "GPU", width: 55 },
      { label: "link", title: "Link" },
      { label: "generation", title: "PCIe" },
      { label: "width", title: "Lanes" },
      { label: "peer_gpu_uuid", title: "To GPU" },
    ],
    values: [
      {
        title: "Value",
        unit: "none",
        expr: `max by (instance, gpu, peer_gpu_uuid, link, generation, width) (${onGpus("cudaprobe_ipc_link_info")})`,
      },
    ],
    hideValues: true,
    noValue: "Not measured",
  });
}

/** What passing data on from one GPU to another takes; never mixed with what stays on one. */
export function betweenGpus(): readonly Drawing[] {
  return [
    pairs("Time between GPUs for $size bytes", "cudaprobe_ipc_transfer_last_duration_seconds", "s"),
    pairs(
      "Bandwidth between GPUs for $size bytes",
      "cudaprobe_ipc_bandwidth_bytes_per_second",
      "binBps",
    ),
  ];
}

function pairs(title: string, family: string, unit: string): Drawing {
  const selected = onGpus(family, PAIRS, 'size_bytes="$size"');
  return timeSeries({
    ...SIZE,
    title,
    description:
      "The median of the window for the chosen size, of each GPU to all others on the average. Only probes with between_gpus measure it.",
    unit,
    minimum: 0,
    noValue: NONE,
    queries: [
      {
        legend: "{{instance}} from GPU {{gpu}} {{mechanism}} {{use}}",
        expr: `avg by (instance, gpu, mechanism, use) (${median(selected)})`,
      },
    ],
  });
}
