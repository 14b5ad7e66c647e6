// @ts-check
import { median } from "simple-statistics";

/** Runs are due seconds after one another. It is enough for a launcher to be started ahead of the next one. */
export const BETWEEN_RUNS_MILLISECONDS = 200;

/**
 * What is not the run itself.
 * @typedef {object} RunCost
 * @property {number} beforeSeconds from when it was due to the top of the probe's main
 * @property {number} afterSeconds from the probe's end to when that can be seen
 * @property {number} payingSeconds of those before, how long the run waited until it was paid for
 * @property {boolean} hasLooked whether the GPUs were listed for it, which is a further child
 */

/** @typedef {ReturnType<typeof summarizeCosts>} CostSummary */

/** The median run of those that found a fresh listing, and of the others, in milliseconds. @param {readonly RunCost[]} costs */
export function summarizeCosts(costs) {
  const usual = costs.filter(({ hasLooked }) => !hasLooked);
  return {
    before: medianOf(usual, ({ beforeSeconds }) => beforeSeconds),
    after: medianOf(usual, ({ afterSeconds }) => afterSeconds),
    both: medianOf(usual, wholeOf),
    paying: medianOf(usual, ({ payingSeconds }) => payingSeconds),
    looking: medianOf(
      costs.filter(({ hasLooked }) => hasLooked),
      wholeOf,
    ),
  };
}

/** @param {RunCost} cost */
function wholeOf({ beforeSeconds, afterSeconds }) {
  return beforeSeconds + afterSeconds;
}

/** Undefined of none. @param {readonly RunCost[]} costs @param {(cost: RunCost) => number} seconds */
function medianOf(costs, seconds) {
  return costs.length === 0 ? undefined : median(costs.map(seconds)) * 1000;
}
