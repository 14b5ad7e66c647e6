import type { History } from "./history.ts";
import type { EndedRun, RunRecord } from "./record.ts";

/** How many are told of a host, unless less is asked for. */
export const MOST_HOST_RUNS = 100;

/** What became of the runs of all targets together. Lists have the latest first. */
export interface HostRuns {
  /** Skips among them. */
  readonly runs: readonly RunRecord[];
  /** Apart, so that the runs that go well do not push them out. */
  readonly failures: readonly EndedRun[];
}

export interface HostRunsOptions {
  /** How many of each; {@link MOST_HOST_RUNS} when left out. */
  readonly limit?: number;
  /** Which of them are told of; all when left out. */
  readonly matches?: (record: RunRecord) => boolean;
}

/**
 * The last runs and the last failures of a host, from what the history keeps of each target (`limits.history`): a target that runs or
 * fails all the time has so many of them and no more, and the others keep their place.
 */
export function lastOfHost(
  history: Pick<History, "records" | "failures">,
  targetIds: readonly string[],
  { limit = MOST_HOST_RUNS, matches = () => true }: HostRunsOptions = {},
): HostRuns {
  const latest = <Kept extends RunRecord>(read: (targetId: string) => readonly Kept[]) =>
    targetIds.flatMap(read).filter(matches).toSorted(byLatest).slice(0, limit);
  return { runs: latest(history.records), failures: latest(history.failures) };
}

function byLatest(one: RunRecord, other: RunRecord): number {
  return other.atSeconds - one.atSeconds;
}
