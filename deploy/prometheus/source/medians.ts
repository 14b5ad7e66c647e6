import { formatDuration } from "./duration.ts";
import { select, span, type RecordingRule } from "./rule.ts";
import type { Settings } from "./settings.ts";

/** A gauge of the last run, whose medians over time are recorded. */
export interface Watched {
  readonly family: string;
  /** What its series are told apart by; the first part of the names. */
  readonly level: string;
  /** What is recorded; of the first one the past is made, so it has thirty runs or so. */
  readonly windows: readonly [Recent, ...(readonly Recent[])];
}

export const COLD_START: Watched = {
  family: "cudaprobe_cold_start_last_duration_seconds",
  level: "gpu_probe",
  windows: ["fast", "slow"],
};

export const IPC_TRANSFER: Watched = {
  family: "cudaprobe_ipc_transfer_last_duration_seconds",
  level: "gpu_probe_size",
  windows: ["slow"],
};

type Recent = "fast" | "slow";
type Window = Recent | "past";

/** The name of a recorded median; it keeps the window's length in words, however time is scaled. */
export function medianName(settings: Settings, watched: Watched, window: Window): string {
  return `${watched.level}:${watched.family}:${medianOf(settings, window)}`;
}

/** The name of the recorded ratio of a window's median to that of the past. */
export function ratioName(settings: Settings, watched: Watched, window: Window): string {
  const parts = [medianOf(settings, window), medianOf(settings, "past")];
  return `${watched.level}:${watched.family}:ratio_${parts.join("_per_")}`;
}

function medianOf(settings: Settings, window: Window): string {
  return `median${formatDuration(settings.windows[window])}`;
}

/** The median of the runs of a window; a window without a run has none. */
export function recordMedian(settings: Settings, watched: Watched, window: Recent): RecordingRule {
  const range = span(settings, settings.windows[window]);
  return {
    record: medianName(settings, watched, window),
    expr: `quantile_over_time(0.5, ${select(settings, watched.family)}[${range}])`,
  };
}

/**
 * The median of the past: of one recorded median an hour, which is cheap. It ends where the slow
 * window begins, so that what is compared is not part of it, and is absent while there is little of it.
 */
export function recordPast(settings: Settings, watched: Watched): RecordingRule {
  const { past, pastStep, slow, pastMinimumSteps } = settings.windows;
  const range = `[${span(settings, past)}:${span(settings, pastStep)}] offset ${span(settings, slow)}`;
  const hourly = `${medianName(settings, watched, watched.windows[0])}${range}`;
  return {
    record: medianName(settings, watched, "past"),
    expr: `quantile_over_time(0.5, ${hourly})\nand\ncount_over_time(${hourly}) >= ${pastMinimumSteps}`,
  };
}

export function recordRatio(settings: Settings, watched: Watched, window: Recent): RecordingRule {
  return {
    record: ratioName(settings, watched, window),
    expr: `${medianName(settings, watched, window)}\n/\n${medianName(settings, watched, "past")}`,
  };
}
