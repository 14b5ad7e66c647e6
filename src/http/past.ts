import type { Target } from "../config/config.ts";
import type { HostRuns, HostRunsOptions } from "../history/host-runs.ts";
import type { TimedDuration } from "../statistics/recent-medians.ts";

/** A target and the time to the first result of its good runs, the earliest first. */
export interface TargetSeries {
  readonly target: Target;
  readonly points: readonly TimedDuration[];
}

/** What became of the runs so far, as it is whenever it is asked for. */
export interface Past {
  readonly lastRuns: (options: HostRunsOptions) => HostRuns;
  /** Of the last 24 hours, in the order of the targets, those without a good run among them. */
  readonly coldStarts: () => readonly TargetSeries[];
}
