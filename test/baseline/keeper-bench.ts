import {
  createBaselineKeeper,
  type BaselineKeeper,
  type PinnedTarget,
} from "../../src/baseline/baseline-keeper.ts";
import { createBaselineStore, type BaselineStore } from "../../src/baseline/store.ts";
import { createLogger } from "../../src/base/logger.ts";
import type { Target } from "../../src/config/config.ts";
import type { EndedRun } from "../../src/history/record.ts";
import { openStorage } from "../../src/storage/storage.ts";
import { makeInstance, makeRun, makeTarget } from "../metrics/records.ts";
import { createClock } from "../support/still-clock.ts";

export const clock = createClock();
export const target = makeTarget(0);

/** A run whose first kernel ended that long after it was spawned. */
export function took(seconds: number, of = target): EndedRun {
  const instance = makeInstance(clock.monotonicSeconds());
  const end = clock.monotonicSeconds() + seconds;
  const phases = [{ phase: "first_kernel", beganAtSeconds: end, endedAtSeconds: end }];
  return makeRun(of, clock, { report: { instances: [{ ...instance, phases }] } });
}

interface KeeperSetting {
  readonly path: string;
  readonly runsToPin?: number;
  readonly targets?: readonly Target[];
}

interface KeeperBench extends BaselineKeeper {
  readonly store: BaselineStore;
  /** What was logged. */
  readonly lines: readonly string[];
  /** The ids and seconds that were published last. */
  readonly published: () => readonly (readonly [id: string, seconds: number])[];
  readonly changeDriver: (version: string) => void;
  /** Records so many runs that succeeded, of that time. */
  readonly runs: (count: number, seconds?: number, of?: Target) => Promise<void>;
}

/** A keeper over a storage of its own, of which the same directory can be opened once more. */
export async function openKeeper({
  path,
  runsToPin = 100,
  targets = [target],
}: KeeperSetting): Promise<KeeperBench> {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const logger = createLogger({ level: "info", format: "logfmt", destination });
  const store = createBaselineStore(await openStorage({ directory: path, logger, clock }));
  let published: readonly PinnedTarget[] = [];
  let driverVersion = "580.1";
  const keeper = createBaselineKeeper(
    { runsToPin },
    {
      store,
      clock,
      logger,
      driverVersion: () => driverVersion,
      publish: (pinned) => {
        published = pinned;
      },
    },
  );
  await keeper.open();
  keeper.setTargets(targets);
  return {
    ...keeper,
    store,
    lines,
    published: () => published.map(({ target: { id }, seconds }) => [id, seconds] as const),
    changeDriver: (version: string) => {
      driverVersion = version;
    },
    runs: async (count: number, seconds = 0.25, of = target) => {
      for (let run = 0; run < count; run += 1) await keeper.record(took(seconds, of));
    },
  };
}
