import type { Target } from "../config/config.ts";

/** The good runs of each target since the start, as many as a baseline is made of. */
export interface GoodRuns {
  /** Takes one more. What is returned is all there are, of this driver and with these options of the probe. */
  readonly add: (target: Target, run: GoodRun) => readonly number[];
  readonly forget: (target: Target) => void;
  /** Forgets all of other targets than these. */
  readonly keepOnly: (targets: readonly Target[]) => void;
}

export interface GoodRun {
  readonly seconds: number;
  readonly driverVersion: string;
}

interface Entry {
  readonly measurement: Target["probe"]["measurement"];
  readonly driverVersion: string;
  readonly seconds: readonly number[];
}

/** None yet. The first `most` of a target are kept. */
export function createGoodRuns(most: number): GoodRuns {
  const entries = new Map<string, Entry>();
  return {
    add: ({ id, probe: { measurement } }, { seconds, driverVersion }) => {
      const before = entries.get(id);
      const isAlike = before?.measurement === measurement && before.driverVersion === driverVersion;
      const all = [...(isAlike ? before.seconds : []), seconds].slice(0, most);
      entries.set(id, { measurement, driverVersion, seconds: all });
      return all;
    },
    forget: ({ id }) => {
      entries.delete(id);
    },
    keepOnly: (targets) => {
      const ids = new Set(targets.map(({ id }) => id));
      for (const id of entries.keys()) if (!ids.has(id)) entries.delete(id);
    },
  };
}
