import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import type { Target } from "../config/config.ts";
import { goodSeconds } from "../history/good-seconds.ts";
import type { RunRecord } from "../history/record.ts";
import { summarize } from "../statistics/summary.ts";
import { baselineKey, findBaseline, type Baseline } from "./baseline.ts";
import { createGoodRuns } from "./good-runs.ts";
import type { BaselineStore } from "./store.ts";

/** Of how many good runs a baseline is the median that is pinned by itself. */
export const RUNS_TO_PIN = 100;

/** A target and what is pinned for it. */
export interface PinnedTarget {
  readonly target: Target;
  readonly seconds: number;
}

export interface BaselineKeeperModules {
  readonly store: BaselineStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Of the driver that answers now. */
  readonly driverVersion: () => string;
  /** Is told which targets have a baseline, whenever that may have changed. */
  readonly publish: (pinned: readonly PinnedTarget[]) => void;
}

/** Pins a baseline where there is none, and follows those that are pinned. */
export interface BaselineKeeper {
  /** Reads what was pinned before the start. */
  readonly open: () => Promise<void>;
  readonly setTargets: (targets: readonly Target[]) => void;
  /** Takes a run that has ended, and reads anew what is pinned: a command may have changed it. */
  readonly record: (record: RunRecord) => Promise<void>;
  /** What is pinned for a target, in seconds; undefined where nothing is. */
  readonly pinnedSeconds: (targetId: string) => number | undefined;
}

/** Counts from 0: what a baseline is made of are runs of one daemon, driver and configuration. */
export function createBaselineKeeper(
  { runsToPin }: { readonly runsToPin: number },
  modules: BaselineKeeperModules,
): BaselineKeeper {
  const { store, driverVersion, publish } = modules;
  const goodRuns = createGoodRuns(runsToPin);
  const pin = createPinning(modules);
  let targets: readonly Target[] = [];
  let baselines: readonly Baseline[] = [];
  const tell = (): void => publish(targets.flatMap((target) => pinnedTarget(target, baselines)));
  const read = async (): Promise<void> => {
    baselines = await store.read();
  };
  const count = async (target: Target, seconds: number): Promise<void> => {
    const all = goodRuns.add(target, { seconds, driverVersion: driverVersion() });
    if (all.length >= runsToPin && (await pin(target, all))) await read();
  };
  return {
    open: async () => {
      await read();
      tell();
    },
    setTargets: (next) => {
      targets = next;
      goodRuns.keepOnly(next);
      tell();
    },
    record: async (record) => {
      const { target } = record;
      if (baselineKey(target) === undefined) return;
      await read();
      const seconds = goodSeconds(record);
      if (findBaseline(target, baselines) !== undefined) goodRuns.forget(target);
      else if (seconds !== undefined) await count(target, seconds);
      tell();
    },
    pinnedSeconds: (targetId) => findPinned(targetId, targets, baselines),
  };
}

function findPinned(
  targetId: string,
  targets: readonly Target[],
  baselines: readonly Baseline[],
): number | undefined {
  const target = targets.find(({ id }) => id === targetId);
  return target && findBaseline(target, baselines)?.seconds;
}

function pinnedTarget(target: Target, baselines: readonly Baseline[]): readonly PinnedTarget[] {
  const baseline = findBaseline(target, baselines);
  return baseline === undefined ? [] : [{ target, seconds: baseline.seconds }];
}

/** Pins the median of some runs; false when it cannot be kept, which is said once. */
function createPinning({
  store,
  clock,
  logger,
  driverVersion,
}: BaselineKeeperModules): (target: Target, runs: readonly number[]) => Promise<boolean> {
  let hasWarned = false;
  return async (target, runs) => {
    const key = baselineKey(target);
    const seconds = summarize(runs)?.median;
    if (key === undefined || seconds === undefined) return false;
    const said = { seconds, driverVersion: driverVersion(), runs: runs.length };
    const pinned = await store.pin({ ...key, ...said, atSeconds: clock.wallSeconds() });
    if (pinned.ok) logger.info({ ...key, ...said }, "baseline pinned");
    else if (!hasWarned) logger.warn({ ...key, error: pinned.error }, "a baseline cannot be kept");
    hasWarned ||= !pinned.ok;
    return pinned.ok;
  };
}
