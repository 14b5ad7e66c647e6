import type { Clock } from "../base/clock.ts";
import type { RunEnd } from "../runner/run.ts";

/** The end of a run that no process of a probe was started for. */
export function neverRan(
  { outcome, reason, message }: Required<Pick<RunEnd, "outcome" | "reason" | "message">>,
  clock: Clock,
): RunEnd {
  const atSeconds = clock.monotonicSeconds();
  return {
    outcome,
    reason,
    message,
    report: { instances: [] },
    startedAtSeconds: atSeconds,
    endedAtSeconds: atSeconds,
    transcript: [],
    stderr: "",
  };
}
