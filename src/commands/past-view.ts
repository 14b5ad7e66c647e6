import type { Target } from "../config/config.ts";
import type { History } from "../history/history.ts";
import { lastOfHost } from "../history/host-runs.ts";
import type { Series } from "../history/series.ts";
import type { Past } from "../http/past.ts";
import { coldStart } from "../probes/cold-start.ts";

/** What the past is read from. */
export interface PastSources {
  readonly history: Pick<History, "records" | "failures">;
  readonly series: Pick<Series, "points">;
  readonly targets: () => readonly Target[];
}

/** The past of the targets that there are whenever it is asked for. */
export function viewPast({ history, series, targets }: PastSources): Past {
  return {
    lastRuns: (options) =>
      lastOfHost(
        history,
        targets().map(({ id }) => id),
        options,
      ),
    coldStarts: () =>
      targets()
        .filter(({ probe }) => probe.kind === coldStart)
        .map((target) => ({ target, points: series.points(target.id) })),
  };
}
