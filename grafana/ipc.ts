import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { betweenGpus, hostLinks } from "./panels/ipc-links.ts";
import { ipcOneGpu } from "./panels/ipc-one-gpu.ts";
import { ipcTop } from "./panels/ipc-top.ts";
import { lastRuns } from "./panels/last-runs.ts";
import { outcomes } from "./panels/run-outcomes.ts";
import { collection, figuresFrom } from "./panels/trust.ts";
import { dashboard } from "./parts/dashboard.ts";
import { sizeVariable } from "./parts/variables.ts";

const KINDS = "function_ipc|cuda_ipc";

/** What passing data from one function to the next takes, by way and size. */
export function ipc(): Dashboard {
  return dashboard({
    uid: "cudaprobe-ipc",
    title: "cudaprobe / IPC",
    description: "What passing data from one function to the next takes, by way and size.",
    alerts: "CudaprobeIpc.*",
    variables: [sizeVariable("cudaprobe_ipc_bandwidth_bytes_per_second")],
    sections: [
      { drawings: [figuresFrom(), collection(), ...ipcTop()] },
      { title: "On one GPU", drawings: ipcOneGpu() },
      { title: "Links", drawings: hostLinks() },
      { title: "Between GPUs", drawings: betweenGpus() },
      {
        title: "Runs",
        drawings: [
          lastRuns(KINDS, { width: 12, height: 8 }),
          outcomes(KINDS, { width: 12, height: 8 }),
        ],
      },
    ],
  });
}
