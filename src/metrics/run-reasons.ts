import type { Kind } from "../probes/kind.ts";
import type { Reason } from "../protocol/reasons.ts";

/** Why a run of any kind is held back before it starts a process. */
const HOLDING_REASONS: readonly Reason[] = ["paused", "quiet_hours", "in_flight", "lane_busy"];

/** Why the gates hold back a run on a device. */
const DEVICE_GATE_REASONS: readonly Reason[] = [
  "host_load",
  "no_device",
  "reset_required",
  "ecc",
  "mig_change",
  "not_supported",
  "compute_mode",
  "memory_floor",
  "budget",
];

/** With these a probe calls its own run skipped, never failed. */
const OWN_SKIP_REASONS: ReadonlySet<Reason> = new Set([
  "compute_mode",
  "page_cache_busy",
  "mps_control_missing",
  "memory_floor",
]);

/** What becomes of a process, whatever its kind. */
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
  const declared = kind.reasons.filter((reason) => !OWN_SKIP_REASONS.has(reason));
  return [...new Set([...declared, ...PROCESS_REASONS])];
}

/** The reasons whose skips exist at 0 before a kind's first run. While no driver answers there are its reasons, too. */
export function skipReasons(kind: Kind): readonly Reason[] {
  return [
    ...new Set([
      ...HOLDING_REASONS,
      ...(kind.scope === "device" ? DEVICE_GATE_REASONS : []),
      ...(kind.gatedByUtilization ? (["busy"] as const) : []),
      ...kind.reasons.filter((reason) => OWN_SKIP_REASONS.has(reason)),
    ]),
  ];
}
