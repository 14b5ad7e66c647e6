import type { Clock } from "../base/clock.ts";
import type { Target } from "../config/config.ts";
import type { TimedDuration } from "../statistics/recent-medians.ts";
import { goodSeconds } from "./good-seconds.ts";
import { createPointRing, type PointRing } from "./point-ring.ts";
import type { History } from "./history.ts";
import type { RunRecord } from "./record.ts";

/** A point every 30 s for a day; a target that runs more often keeps less than the day. */
export const MOST_POINTS = 2880;

/** How far back a series goes. */
const SERIES_SECONDS = 86_400;

/**
 * What the good runs of each target came to in the last 24 hours: their time to the first result, as
 * `cudaprobe_cold_start_last_duration_seconds` has it, without runs that had to compile their kernel.
 */
export interface Series {
  /** Takes a record of any kind and outcome; only a good run of a watched kind becomes a point. */
  readonly add: (record: RunRecord) => void;
  /** The earliest first, {@link MOST_POINTS} at most; none for a target without a good run. */
  readonly points: (targetId: string) => readonly TimedDuration[];
  /** Drops all points of targets other than these. */
  readonly keepOnly: (targetIds: readonly string[]) => void;
}

interface Entry {
  /** A probe that got other options under its old name starts afresh. */
  readonly options: string;
  readonly ring: PointRing;
}

/** No points yet. */
export function createSeries({ clock }: { readonly clock: Clock }): Series {
  const entries = new Map<string, Entry>();
  const open = (target: Target): Entry => {
    const options = describeOptions(target);
    const known = entries.get(target.id);
    if (known?.options === options) return known;
    const entry = { options, ring: createPointRing(MOST_POINTS) };
    entries.set(target.id, entry);
    return entry;
  };
  return {
    add: (record) => {
      const durationSeconds = goodSeconds(record);
      if (durationSeconds === undefined) return;
      open(record.target).ring.add({ atSeconds: record.atSeconds, durationSeconds });
    },
    points: (targetId) => lastDay(entries.get(targetId)?.ring.read() ?? [], clock.wallSeconds()),
    keepOnly: (targetIds) => {
      const kept = new Set(targetIds);
      for (const targetId of entries.keys()) if (!kept.has(targetId)) entries.delete(targetId);
    },
  };
}

/** A history that hands on what it is told to a series as well. */
export function withSeries(history: History, series: Omit<Series, "points">): History {
  return {
    ...history,
    add: (record) => {
      history.add(record);
      series.add(record);
    },
    keepOnly: (targetIds) => {
      history.keepOnly(targetIds);
      series.keepOnly(targetIds);
    },
  };
}

function describeOptions({ probe: { measurement } }: Target): string {
  return JSON.stringify([measurement.infoLabels, measurement.details]);
}

/** In the order of their times, which is not that of coming after the clock was set back. */
function lastDay(points: readonly TimedDuration[], nowSeconds: number): readonly TimedDuration[] {
  return points
    .filter(({ atSeconds }) => atSeconds > nowSeconds - SERIES_SECONDS && atSeconds <= nowSeconds)
    .toSorted((one, other) => one.atSeconds - other.atSeconds);
}
