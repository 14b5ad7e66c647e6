import { median } from "simple-statistics";

/** When something ended, in seconds since 1970, and how long it took. */
export interface TimedDuration {
  readonly atSeconds: number;
  readonly durationSeconds: number;
}

/** How the last hour compares with the last day, in seconds. */
export interface RecentMedians {
  /** Undefined when nothing ended in the last hour. */
  readonly hourSeconds: number | undefined;
  /** Of the last 24 hours, the last one among them. */
  readonly daySeconds: number | undefined;
  /** The hour's over the day's: above 1 when it has become slower. Undefined while nothing is older than an hour, since it says nothing then. */
  readonly ratio: number | undefined;
}

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** The medians as they are at `nowSeconds`; what is older than a day, or later than now, counts for neither. */
export function recentMedians(points: readonly TimedDuration[], nowSeconds: number): RecentMedians {
  const day = within(points, nowSeconds, DAY_SECONDS);
  const hour = within(day, nowSeconds, HOUR_SECONDS);
  const hourSeconds = medianSeconds(hour);
  const daySeconds = medianSeconds(day);
  const isComparable = hour.length < day.length && hourSeconds !== undefined;
  return {
    hourSeconds,
    daySeconds,
    ratio: isComparable && daySeconds !== undefined ? hourSeconds / daySeconds : undefined,
  };
}

function within(
  points: readonly TimedDuration[],
  nowSeconds: number,
  lengthSeconds: number,
): readonly TimedDuration[] {
  return points.filter(
    ({ atSeconds }) => atSeconds > nowSeconds - lengthSeconds && atSeconds <= nowSeconds,
  );
}

function medianSeconds(points: readonly TimedDuration[]): number | undefined {
  if (points.length === 0) return undefined;
  return median(points.map(({ durationSeconds }) => durationSeconds));
}
