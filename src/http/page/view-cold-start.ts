import type { Target } from "../../config/config.ts";
import { findWhole } from "../../probes/whole-and-parts.ts";
import { recentMedians } from "../../statistics/recent-medians.ts";
import { findLastSuccess, type DeviceSources } from "./sources.ts";
import type { ColdStartView, LastColdStart } from "./views.ts";

/** How the cold starts of a target are doing. */
export function viewColdStart(target: Target, sources: DeviceSources): ColdStartView {
  const { name, measurement } = target.probe;
  const { runtime = "", concurrency = "" } = measurement.infoLabels;
  const points = sources.points(target.id);
  return {
    probe: name,
    runtime,
    concurrency,
    last: findLast(target, sources),
    points,
    medians: recentMedians(points, sources.atSeconds),
    baselineSeconds: sources.baselineSeconds(target.id),
  };
}

function findLast(target: Target, { history }: DeviceSources): LastColdStart | undefined {
  const last = findLastSuccess(target, history);
  if (last === undefined) return undefined;
  const { measurement } = target.probe;
  const found = findWhole(measurement.figures(last.run.end), measurement.phases);
  return (
    found && {
      ...last.shown,
      seconds: found.whole.value,
      phases: found.parts.map(({ name, value }) => ({ name, value })),
    }
  );
}
