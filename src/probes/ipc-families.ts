import { TRANSFER_BUCKETS } from "./buckets.ts";
import type { Family } from "./family.ts";

export const TRANSFER = "cudaprobe_ipc_transfer_duration_seconds";
export const LAST_TRANSFER = "cudaprobe_ipc_transfer_last_duration_seconds";
export const BANDWIDTH = "cudaprobe_ipc_bandwidth_bytes_per_second";
export const LAST_PHASE = "cudaprobe_ipc_phase_last_duration_seconds";
export const LINK_INFO = "cudaprobe_ipc_link_info";
export const HOST_LINK = "cudaprobe_host_link_bytes_per_second";
export const HOST_LINK_DOWNTRAINED = "cudaprobe_host_link_downtrained";

const labelNames = ["probe", "mechanism", "memory", "size_bytes", "use"];

/** The families of all kinds that pass data on; the values come from scheduled runs, not from the scrape. */
export const ipcFamilies: readonly Family[] = [
  {
    name: TRANSFER,
    type: "histogram",
    help: "Time to pass data on from one process to another on the same GPU, every sample of scheduled runs that succeeded.",
    labelNames,
    device: true,
    buckets: TRANSFER_BUCKETS,
  },
  {
    name: LAST_TRANSFER,
    type: "gauge",
    help: "Time to pass data on from one process to another, the median of the last scheduled run; peer_gpu_uuid is the GPU it went to, and empty where it stayed on its GPU.",
    labelNames: [...labelNames, "peer_gpu_uuid"],
    device: true,
    last: true,
  },
  {
    name: BANDWIDTH,
    type: "gauge",
    help: "Size of the data that was passed on divided by the median time of the last scheduled run.",
    labelNames: [...labelNames, "peer_gpu_uuid"],
    device: true,
    last: true,
  },
  {
    name: LAST_PHASE,
    type: "gauge",
    help: "Time that each phase of passing data on took, the median of the last scheduled run.",
    labelNames: [...labelNames, "peer_gpu_uuid", "phase"],
    device: true,
    last: true,
  },
  {
    name: LINK_INFO,
    type: "gauge",
    help: "Always 1: the link that data went over in the last scheduled run, between the host and the GPU where peer_gpu_uuid is empty, else between the two GPUs; generation and width are those of PCIe, and empty where they are not known.",
    labelNames: ["probe", "peer_gpu_uuid", "link", "generation", "width"],
    device: true,
    last: true,
  },
];

/** What copies between the host and the GPU tell of the link between them. */
export const hostLinkFamily: Family = {
  name: HOST_LINK,
  type: "gauge",
  help: "Size of the largest data of the last scheduled run divided by the median time of its copy between pinned host memory and the GPU, by direction.",
  labelNames: ["probe", "direction"],
  device: true,
  last: true,
};

/** Whether that link is what it can be. */
export const hostLinkDowntrainedFamily: Family = {
  name: HOST_LINK_DOWNTRAINED,
  type: "gauge",
  help: "1 when the PCIe link between the host and the GPU was slower or narrower than both can do, as NVML told during the copies of the last scheduled run, else 0; absent where NVML does not tell.",
  labelNames: ["probe"],
  device: true,
  last: true,
};
