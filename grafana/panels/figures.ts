import { COLD_START, IPC_TRANSFER, ratioName } from "../../deploy/prometheus/source/medians.ts";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import type { Steps } from "../parts/panel.ts";
import { onGpus } from "../parts/select.ts";

// Where the rules warn, the panels turn orange, and red where they wake somebody up.
const { slow, fast } = SETTINGS.coldStart;

/** A ratio to the past. */
export const RATIO_LIMITS: Steps = [
  [slow.ratio, "orange"],
  [fast.ratio, "red"],
];
export const RATIO_STEPS: Steps = [[null, "green"], ...RATIO_LIMITS];

/** The part of a GPU's memory that is used. */
const almostFull = 1 - SETTINGS.gpu.memoryAlmostFull.freeRatio;
export const MEMORY_LIMITS: Steps = [[almostFull, "red"]];
export const MEMORY_STEPS: Steps = [[null, "green"], [0.8, "orange"], ...MEMORY_LIMITS];

/** Recorded: cold starts of the last hour to those of the seven days before. */
export function coldStartRatio(...matchers: readonly string[]): string {
  return onGpus(ratioName(SETTINGS, COLD_START, "fast"), ...matchers);
}

/** Recorded: passing data on, on one GPU, in the last six hours to the seven days before. */
export const IPC_RATIO = onGpus(ratioName(SETTINGS, IPC_TRANSFER, "slow"), 'peer_gpu_uuid=""');
export const IPC_RATIO_LIMITS: Steps = [[SETTINGS.ipc.ratio, "orange"]];

export const MEMORY_USED = `${onGpus("cudaprobe_gpu_memory_bytes", 'state="used"')}
/ ignoring (state)
${onGpus("cudaprobe_gpu_memory_total_bytes")}`;
