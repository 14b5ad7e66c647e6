import { formatSize } from "../base/units.ts";
import type { Config, Target } from "../config/config.ts";
import type { EndedRun } from "../history/record.ts";
import { transferredBytes } from "../history/run-costs.ts";
import type { Allowance } from "./account.ts";
import { contextSeconds } from "./context-time.ts";

const HOUR_SECONDS = 3600;

/** Something of a GPU that runs use up. */
export interface Resource {
  /** The key of the config, for people. */
  readonly key: string;
  readonly allowance: (limits: Config["limits"]) => Allowance;
  /** What a run is taken to cost as long as none of its target has ended. */
  readonly expectedCost: (target: Target) => number;
  /** What a run has cost; undefined when it does not tell. */
  readonly cost: (record: EndedRun) => number | undefined;
  readonly format: (amount: number) => string;
}

/** The names of what there is an account of, for each GPU. */
export const RESOURCE_NAMES = ["contextTime", "transferredBytes"] as const;

export type ResourceName = (typeof RESOURCE_NAMES)[number];

export const RESOURCES: Readonly<Record<ResourceName, Resource>> = {
  /** While a context is open, the GPU shares its time and its memory with it. */
  contextTime: {
    key: "limits.duty_cycle",
    allowance: ({ dutyCycle }) => ({ perSecond: dutyCycle, capacity: dutyCycle * HOUR_SECONDS }),
    expectedCost: expectedContextSeconds,
    cost: contextSeconds,
    format: (seconds) => `${String(Number(seconds.toPrecision(3)))} s`,
  },
  transferredBytes: {
    key: "limits.transferred_bytes_per_hour",
    allowance: ({ transferredBytesPerHour: capacity }) => ({
      perSecond: capacity / HOUR_SECONDS,
      capacity,
    }),
    // The first run tells.
    expectedCost: () => 0,
    cost: bytesOf,
    format: formatSize,
  },
};

/** At most as long as the run holds the lane. What is done for a whole host opens none. */
export function expectedContextSeconds({ device, probe: { kind, measurement } }: Target): number {
  return device === undefined ? 0 : (measurement.expectedSeconds ?? kind.expectedSeconds);
}

/** A run that did not come to its end does not say what it has moved. */
function bytesOf({ end, firstClient }: EndedRun): number | undefined {
  if (end.outcome !== "success") return undefined;
  const companions = (end.companions ?? []).map((one) => one.end);
  const ends = [firstClient ?? [], companions, end].flat();
  return ends.reduce((sum, one) => sum + transferredBytes(one), 0);
}
