import type { TimedDuration } from "../statistics/recent-medians.ts";

/** The latest points, in memory that does not grow. */
export interface PointRing {
  readonly add: (point: TimedDuration) => void;
  /** In the order of coming. */
  readonly read: () => readonly TimedDuration[];
}

/** An empty ring: beyond `size` points the oldest gives way. */
export function createPointRing(size: number): PointRing {
  const times = new Float64Array(size);
  const durations = new Float64Array(size);
  let added = 0;
  const at = (index: number): TimedDuration => ({
    atSeconds: times[index % size] ?? Number.NaN,
    durationSeconds: durations[index % size] ?? Number.NaN,
  });
  return {
    add: ({ atSeconds, durationSeconds }) => {
      times[added % size] = atSeconds;
      durations[added % size] = durationSeconds;
      added += 1;
    },
    read: () => {
      const first = Math.max(0, added - size);
      return Array.from({ length: added - first }, (_, offset) => at(first + offset));
    },
  };
}
