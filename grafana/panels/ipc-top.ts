import type { Drawing } from "../parts/panel.ts";
import { onGpus } from "../parts/select.ts";
import { stat } from "../parts/stat.ts";
import { IPC_RATIO, IPC_RATIO_LIMITS } from "./figures.ts";

const SIZE = { width: 4, height: 4 };

/** The figures at the top of IPC, from left to right. */
export function ipcTop(): readonly Drawing[] {
  return [
    hostLink("Host to GPU", "host_to_device"),
    hostLink("GPU to host", "device_to_host"),
    stat({
      ...SIZE,
      title: "Against its past",
      description:
        "The median of 6 hours to that of the 7 days before, on one GPU, of whichever way and size has become slowest; needs the rules of deploy/prometheus.",
      unit: "none",
      decimals: 2,
      steps: [[null, "green"], ...IPC_RATIO_LIMITS],
      expr: `max(${IPC_RATIO})`,
      noValue: "No past yet",
    }),
    stat({
      ...SIZE,
      title: "Pairs of GPUs",
      description:
        "Pairs between which data is passed on, one for each direction; 0 unless a probe has between_gpus.",
      unit: "none",
      expr: `count(count by (instance, gpu_uuid, mig_uuid, peer_gpu_uuid) (${onGpus("cudaprobe_ipc_bandwidth_bytes_per_second", 'peer_gpu_uuid!=""')}))
or 0 * max(${onGpus("cudaprobe_gpu_up")})`,
      noValue: "No GPU",
    }),
  ];
}

function hostLink(title: string, direction: string): Drawing {
  return stat({
    ...SIZE,
    title,
    description:
      "What the link between pinned host memory and the GPU carries, of the slowest chosen GPU in the last run of function_ipc.",
    unit: "binBps",
    decimals: 1,
    expr: `min(${onGpus("cudaprobe_host_link_bytes_per_second", `direction="${direction}"`)})`,
    noValue: "Not measured",
  });
}
