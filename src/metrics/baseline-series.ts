import type { PinnedTarget } from "../baseline/baseline-keeper.ts";
import type { Observation } from "../probes/family.ts";
import { createScope } from "./scope.ts";
import type { SeriesStore } from "./store.ts";
import { onDevice } from "./target-series.ts";

/** The series of pinned baselines. What becomes of runs does not change them. */
export interface BaselineSeries {
  /** Takes all that are pinned, in place of those before. */
  readonly setBaselines: (pinned: readonly PinnedTarget[]) => void;
}

/** None yet. */
export function createBaselineSeries(store: SeriesStore): BaselineSeries {
  const scope = createScope(store);
  return {
    setBaselines: (pinned) => {
      scope.replace(() => true, pinned.flatMap(observe));
    },
  };
}

function observe({ target, seconds }: PinnedTarget): readonly Observation[] {
  const { measurement, name } = target.probe;
  const baseline = measurement.headline?.baseline(name, seconds);
  return baseline === undefined ? [] : onDevice(target, [baseline]);
}
