import type { EndedRun } from "./record.ts";

/**
 * Tells a run from the others of its daemon, in the log and in exemplars: the milliseconds in which it ended, in base 36, first of the wall
 * clock and then of the monotonic one. A wall clock that is set back shows a moment again; the other one never does, but begins anew
 * with the host. No two runs share both, since a host has one run at a time.
 */
export function runId({ atSeconds, end }: Pick<EndedRun, "atSeconds" | "end">): string {
  return [atSeconds, end.endedAtSeconds].map(toText).join("");
}

function toText(seconds: number): string {
  return Math.round(seconds * 1000).toString(36);
}
