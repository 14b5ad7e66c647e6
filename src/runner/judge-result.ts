import type { InstanceReport, ProbeResult } from "../protocol/report.ts";
import type { Settlement } from "./settlement.ts";
import { inPhaseOf, type Verdict } from "./verdict.ts";

/** The result that the instances gave: that of the first failure, else of the first skip, else success. */
export function judgeResult({ report: { instances } }: Settlement): Verdict {
  const silent = instances.find(({ result }) => result === undefined);
  // All else that leaves no result has been judged before: this one we ended, and it did not say so.
  if (silent) return inPhaseOf(silent, { outcome: "failure", reason: "cancelled" });
  const decisive =
    instances.find(({ result }) => result?.outcome === "failure") ??
    instances.find(({ result }) => result?.outcome === "skipped");
  return decisive?.result ? withOpenPhase(decisive.result, decisive) : { outcome: "success" };
}

function withOpenPhase(result: ProbeResult, { openPhase }: InstanceReport): Verdict {
  if (result.phase !== undefined || openPhase === undefined) return result;
  return { ...result, phase: openPhase };
}
