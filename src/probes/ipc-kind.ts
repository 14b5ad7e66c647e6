import type { Reason } from "../protocol/reasons.ts";
import { COLD_START_REASONS } from "./cold-start.ts";

/** Of the process that passes data on, which starts the one that takes it before it loads the driver. */
export const IPC_PHASES = [
  "spawn",
  "load_driver",
  "init",
  "context",
  "load_module",
  "allocate",
  "meet",
  "measure",
  "release",
  "exit",
] as const;

/** Ten lines of 210 bytes a sample: 16 sizes, 100 samples and 16 GPUs come to 54 MB. */
export const IPC_OUTPUT_BYTES = 64 * 2 ** 20;

/** Why passing data on is no success, by whatever way. */
export const IPC_REASONS: readonly Reason[] = [...COLD_START_REASONS, "peer_died", "memory_floor"];

/** Labels of `cudaprobe_probe_info` that both kinds have. */
export function ipcInfo({
  samples,
}: {
  readonly samples: number;
}): Readonly<Record<string, string>> {
  return { samples: String(samples) };
}
