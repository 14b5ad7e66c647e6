import type { Outcome } from "./outcomes.ts";
import type { Reason } from "./reasons.ts";

/** A phase that began and ended; stamps in seconds of CLOCK_MONOTONIC. */
export interface PhaseInterval {
  readonly phase: string;
  readonly beganAtSeconds: number;
  readonly endedAtSeconds: number;
  readonly cpuSeconds?: number;
  readonly majorFaults?: number;
}

/** A value that a probe measured, under a name its kind declares. */
export interface Sample {
  readonly name: string;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a probe said of its own run. */
export interface ProbeResult {
  readonly outcome: Extract<Outcome, "success" | "failure" | "skipped">;
  readonly reason?: Reason;
  readonly phase?: string;
  readonly code?: string;
  readonly message?: string;
}

/** How the launcher saw an instance end. */
export interface Reaped {
  readonly atSeconds: number;
  readonly exitCode?: number;
  readonly signal?: number;
  readonly cpuSeconds: number;
  readonly majorFaults: number;
  readonly maxRssBytes: number;
}

/** Everything one instance of a probe and its launcher said, folded. */
export interface InstanceReport {
  readonly instance: number;
  readonly pid?: number;
  readonly build?: string;
  readonly spawnedAtSeconds?: number;
  /** Of an instance that was held at the launcher's barrier: its start begins here. */
  readonly releasedAtSeconds?: number;
  /** In the order they ended; `spawn` first, unless it was held at the barrier, `exit` last, when they are known. */
  readonly phases: readonly PhaseInterval[];
  /** The phase that had begun and not ended when the lines ran out. */
  readonly openPhase?: string;
  readonly samples: readonly Sample[];
  readonly result?: ProbeResult;
  readonly reaped?: Reaped;
}

/** A run's lines, folded. `problem` says what was not of this protocol, in words. */
export interface Report {
  /** Sorted by instance; one when the probe ran alone. Empty when nothing was spawned. */
  readonly instances: readonly InstanceReport[];
  readonly releasedAtSeconds?: number;
  readonly problem?: string;
}
