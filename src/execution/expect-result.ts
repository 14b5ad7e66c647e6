import type { Measurement } from "../probes/kind.ts";
import type { RunEnd } from "../runner/run.ts";

/**
 * The end as what its measurement can use: a program of somebody's own may call a success what did not get to its first result, and a
 * success without a figure would be seen by nobody.
 */
export function expectResult(end: RunEnd, { headline, phases }: Measurement): RunEnd {
  if (end.outcome !== "success" || headline === undefined) return end;
  if (headline.seconds(end) !== undefined) return end;
  const message = `a success without its first result: of the phases ${phases.join(", ")} there were ${listPhases(end)}`;
  return { ...end, outcome: "bad_output", reason: "bad_output", message };
}

function listPhases({ report }: RunEnd): string {
  return report.instances[0]?.phases.map(({ phase }) => phase).join(", ") ?? "none";
}
