import type { ColdStartView } from "./views.ts";

/** From here on it is called slower, as the alerts do. */
const SLOWER = 1.15;
/** By so much at least, however short a start is, as the alerts have it. */
const MINIMUM_SECONDS = 0.005;

/** How the cold starts of the last hour compare, and whether they have become slower. */
export interface Regression {
  /** Over the median of the day; undefined while there is nothing older than an hour. */
  readonly toDay: number | undefined;
  /** Over what is pinned; undefined where nothing is. */
  readonly toBaseline: number | undefined;
  readonly isSlower: boolean;
}

/** Compares the median of the last hour, and where nothing ran in it the last start, with the day and the baseline. */
export function findRegression({ medians, baselineSeconds, last }: ColdStartView): Regression {
  const now = medians.hourSeconds ?? last?.seconds;
  const { daySeconds, ratio } = medians;
  const toBaseline =
    now === undefined || baselineSeconds === undefined ? undefined : now / baselineSeconds;
  return {
    toDay: ratio,
    toBaseline,
    isSlower: (ratio !== undefined && isSlower(now, daySeconds)) || isSlower(now, baselineSeconds),
  };
}

function isSlower(now: number | undefined, before: number | undefined): boolean {
  if (now === undefined || before === undefined) return false;
  return now >= SLOWER * before && now - before >= MINIMUM_SECONDS;
}
