import { endingPhase } from "../protocol/ending-phase.ts";
import type { InstanceReport, Report } from "../protocol/report.ts";
import type { RunEnd } from "./run.ts";

/** What a run comes to, without what it said. */
export type Verdict = Pick<RunEnd, "outcome" | "reason" | "phase" | "code" | "message">;

/** A verdict with the phase in which the instance ended, where that is known. */
export function inPhaseOf(instance: InstanceReport | undefined, verdict: Verdict): Verdict {
  const phase = instance && endingPhase(instance);
  return phase === undefined ? verdict : { ...verdict, phase };
}

/** The first instance that had not come to its end, else the first. */
export function firstUnfinished({ instances }: Report): InstanceReport | undefined {
  return (
    instances.find(({ reaped }) => reaped === undefined) ??
    instances.find(({ result }) => result === undefined) ??
    instances[0]
  );
}
