import type { Kind } from "../probes/kind.ts";
import type { Reason } from "../protocol/reasons.ts";

/** Why a gate or the lane stops a run before it starts a process. */
const GATE_REASONS: readonly Reason[] = [
  "memory_floor",
  "busy",
  "compute_mode",
  "mig_change",
  "in_flight",
  "lane_busy",
  "paused",
  "quiet_hours",
  "budget",
  "host_load",
  "unsafe_environment",
];

/** The gates' reasons, and why else a probe calls its own run skipped. */
const SKIPS: ReadonlySet<Reason> = new Set([...GATE_REASONS, "page_cache_busy"]);

/** What became of a process, whatever its kind. */
const PROCESS_REASONS: readonly Reason[] = [
  "timeout",
  "hung",
  "crashed",
  "bad_output",
  "not_started",
  "launcher_lost",
];

/** The reasons whose failures exist at 0 before a kind's first run. */
export function failureReasons(kind: Kind): readonly Reason[] {
  const declared = kind.reasons.filter((reason) => !SKIPS.has(reason));
  return [...new Set([...declared, ...PROCESS_REASONS])];
}

/** The reasons whose skips exist at 0 before a kind's first run. */
export function skipReasons(kind: Kind): readonly Reason[] {
  return [...new Set([...GATE_REASONS, ...kind.reasons.filter((reason) => SKIPS.has(reason))])];
}
