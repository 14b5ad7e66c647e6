import type { Target } from "../config/config.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Reason } from "../protocol/reasons.ts";

/** What the host looked like when a run started, so that its figures can be read. */
export interface Circumstances {
  /** Compute processes of others on the GPU; undefined when NVML did not say. */
  readonly otherProcesses: number | undefined;
  readonly utilizationRatio: number | undefined;
  /** The warm CUDA cache was empty. */
  readonly cacheMiss: boolean;
  /** From being due to the launcher's `spawned`. */
  readonly laneWaitSeconds: number;
  /** Other GPUs that the run was on as well; none when left out. */
  readonly peerGpuUuids?: readonly string[];
}

/** Whether somebody else's process kept the GPU awake before the run; undefined when NVML did not say. */
export function isHeldByOthers({ otherProcesses }: Circumstances): boolean | undefined {
  return otherProcesses === undefined ? undefined : otherProcesses > 0;
}

/** A run that started a process, and how it ended. */
export interface EndedRun {
  readonly type: "run";
  readonly target: Target;
  /** Seconds since 1970 when it ended. */
  readonly atSeconds: number;
  readonly end: RunEnd;
  /** The discarded run before it, which made an MPS daemon start its server. */
  readonly firstClient?: RunEnd;
  readonly circumstances: Circumstances;
}

/** A run that a gate or the lane stopped before any process was started. */
export interface SkippedRun {
  readonly type: "skip";
  readonly target: Target;
  readonly atSeconds: number;
  readonly reason: Reason;
  readonly message: string;
}

export type RunRecord = EndedRun | SkippedRun;

/** Neither a success nor skipped by the probe itself. */
export function isFailure({ end }: Pick<EndedRun, "end">): boolean {
  return end.outcome !== "success" && end.outcome !== "skipped";
}
