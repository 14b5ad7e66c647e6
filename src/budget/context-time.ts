import type { EndedRun } from "../history/record.ts";
import {
  contextInterval,
  hidesContexts,
  lengthOf,
  lifeInterval,
  runSeconds,
  saidGpuSeconds,
  type Interval,
} from "../history/run-costs.ts";
import type { RunEnd } from "../runner/run.ts";

/**
 * Seconds during which a run had a context open, however many: two at once for a second are one. The discarded first client of an MPS
 * daemon counts, and so do the other starts of a run of several.
 */
export function contextSeconds(record: EndedRun): number {
  const { end, firstClient, target } = record;
  const hides = hidesContexts(target);
  const companions = (end.companions ?? []).map((one) => contextSecondsOf(one.end, hides));
  const others = companions.reduce((sum, seconds) => sum + seconds, 0);
  if (firstClient === undefined) return others + contextSecondsOf(end, hides);
  // The server of an MPS daemon has a context from its first client on, also between the two.
  const intervals = [firstClient, end].flatMap((one) => contextsOf(one, hides));
  return others + lengthOf(hull(intervals));
}

function contextSecondsOf(end: RunEnd, hides: boolean): number {
  const said = end.report.instances.flatMap((instance) => saidGpuSeconds(instance) ?? []);
  // A sum over processes, of which it is not told when they ran beside each other.
  if (said.length > 0) return Math.min(Math.max(...said), runSeconds(end));
  return union(contextsOf(end, hides));
}

function contextsOf(end: RunEnd, hides: boolean): readonly Interval[] {
  const intervalOf = hides ? lifeInterval : contextInterval;
  return end.report.instances.flatMap((instance) => intervalOf(instance, end) ?? []);
}

function hull(intervals: readonly Interval[]): Interval {
  if (intervals.length === 0) return { fromSeconds: 0, toSeconds: 0 };
  return {
    fromSeconds: Math.min(...intervals.map(({ fromSeconds }) => fromSeconds)),
    toSeconds: Math.max(...intervals.map(({ toSeconds }) => toSeconds)),
  };
}

/** What the intervals cover together. */
function union(intervals: readonly Interval[]): number {
  const sorted = intervals.toSorted((left, right) => left.fromSeconds - right.fromSeconds);
  let coveredTo = Number.NEGATIVE_INFINITY;
  let seconds = 0;
  for (const { fromSeconds, toSeconds } of sorted) {
    seconds += Math.max(0, toSeconds - Math.max(fromSeconds, coveredTo));
    coveredTo = Math.max(coveredTo, toSeconds);
  }
  return seconds;
}
