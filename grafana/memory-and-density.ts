import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { density } from "./panels/density.ts";
import { lastRuns } from "./panels/last-runs.ts";
import { outcomes } from "./panels/run-outcomes.ts";
import { memoryTop } from "./panels/memory-top.ts";
import { memoryUse } from "./panels/memory-use.ts";
import { collection, figuresFrom } from "./panels/trust.ts";
import { dashboard } from "./parts/dashboard.ts";

const KINDS = "process_memory|footprint|density";

/** Who holds the memory of each GPU, what one function takes of it, and how many fit. */
export function memoryAndDensity(): Dashboard {
  return dashboard({
    uid: "cudaprobe-memory",
    title: "cudaprobe / Memory and density",
    description:
      "Who holds the memory of each GPU, what one function takes of it, and how many fit.",
    alerts: "Cudaprobe(Gpu|UnattributedMemory|ProcessMemory).*",
    sections: [
      { drawings: [figuresFrom(), collection(), ...memoryTop()] },
      { title: "Who holds the memory", drawings: memoryUse() },
      { title: "What one function takes, and how many fit", drawings: density() },
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
