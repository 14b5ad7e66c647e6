import type { Settlement } from "./settlement.ts";
import { firstUnfinished, inPhaseOf, type Verdict } from "./verdict.ts";

/** `bad_output` when what was said is not of the protocol, or not all that had to be said. */
export function judgeOutput(run: Settlement): Verdict | undefined {
  const fault = run.report.problem ?? run.excess ?? findSilence(run);
  if (fault === undefined) return undefined;
  return inPhaseOf(firstUnfinished(run.report), { outcome: "bad_output", message: fault });
}

/** What is missing when the launcher says that all instances were reaped. */
function findSilence({ launcher, report, instances }: Settlement): string | undefined {
  if (launcher?.kind !== "exited" || launcher.code !== 0) return undefined;
  const reaped = report.instances.filter((instance) => instance.reaped !== undefined);
  if (reaped.length < instances) return `${reaped.length} of ${instances} instances were reaped`;
  const silent = reaped.find(({ result, reaped: end }) => !result && end?.exitCode !== undefined);
  return silent && `exit code ${silent.reaped?.exitCode} without a result`;
}
