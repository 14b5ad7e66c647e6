import type { EndedRun } from "./record.ts";

/**
 * Tells a run from the others of its daemon, in the log and in exemplars: the millisecond in which it ended, in base 36. No two
 * runs share one, since a host has one run at a time.
 */
export function runId({ atSeconds }: Pick<EndedRun, "atSeconds">): string {
  return Math.round(atSeconds * 1000).toString(36);
}
