// @ts-check
import { linearRegression } from "simple-statistics";
import { medianOf } from "../rounds.js";
import { atMost, told } from "../row.js";

/** How much more than in proportion is still linear: what medians of the same thing differ by on a busy machine. */
const LIMIT = 1.1;

/**
 * What was seen of one daemon.
 * @typedef {object} Watched
 * @property {number} size 0 for the idle one
 * @property {readonly import("./window.js").Cost[]} windows
 * @property {number} alive bytes of the heap that are left after a collection, after all windows
 */

/**
 * A figure at one size; sizes go up.
 * @typedef {{ readonly size: number, readonly value: number }} Point
 */

/** @type {readonly { readonly key: string, readonly of: string, readonly unit: string, readonly isJudged: boolean, readonly value: (watched: Watched) => number }[]} */
const QUANTITIES = [
  quantity("cpu", "CPU of the daemon", "s/min"),
  {
    key: "alive",
    of: "memory that is in use",
    unit: "B",
    isJudged: true,
    value: ({ alive }) => alive,
  },
  // With garbage in it that nobody has needed to collect yet.
  { ...quantity("memory", "resident memory", "B"), isJudged: false },
  quantity("series", "series", ""),
  quantity("bytes", "bytes of /metrics", "B"),
  quantity("scrape", "time of a scrape", "s"),
  { ...quantity("runs", "runs", "/min"), isJudged: false },
];

/** @param {keyof import("./window.js").Cost} key @param {string} of @param {string} unit */
function quantity(key, of, unit) {
  const value = (/** @type {Watched} */ { windows }) => medianOf(windows, (cost) => cost[key]);
  return { key, of, unit, isJudged: true, value };
}

/** A row for each quantity. @param {string} axis @param {readonly Watched[]} watched the idle one first */
export function growthRows(axis, watched) {
  return QUANTITIES.map(({ key, of, unit, isJudged, value }) => {
    const [idle, ...points] = watched.map((one) => ({ size: one.size, value: value(one) }));
    const measured = compareGrowth(points, idle?.value ?? 0);
    const { last, before } = measured.detail;
    const what = `${of} above idle with ${last} ${axis}, beside ${before} in proportion`;
    const detail = { axis, quantity: key, ...measured.detail };
    const row = { ...measured, what, unit, detail };
    return { ...(isJudged ? atMost(row, LIMIT) : told(row)), detail };
  });
}

/**
 * What is above the idle figure at the largest size, beside what it would be if it had grown in proportion from the size
 * before. There a part that grows faster than linear is largest, and the idle part and noise are smallest.
 * @param {readonly Point[]} points at least two
 * @param {number} idle
 */
export function compareGrowth(points, idle) {
  const [before, last] = points.slice(-2);
  if (before === undefined || last === undefined) throw new Error("growth is between two sizes");
  const exponent = exponentOf(points, idle);
  return {
    ours: last.value - idle,
    theirs: ((before.value - idle) * last.size) / before.size,
    detail: { last: last.size, before: before.size, idle, exponent, points },
  };
}

/**
 * The exponent with which what is above the idle figure grows, by least squares on logarithms: 1 is linear.
 * @param {readonly Point[]} points @param {number} idle
 */
export function exponentOf(points, idle) {
  const above = points.filter(({ value }) => value > idle);
  return linearRegression(above.map(({ size, value }) => [Math.log(size), Math.log(value - idle)]))
    .m;
}
