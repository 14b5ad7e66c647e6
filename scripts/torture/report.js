// @ts-check
// What was done and what came of it, for people and, in the form of vitest's, for scripts/total.js.
import { list } from "./invariants.js";

/**
 * @typedef {object} Result
 * @property {Awaited<ReturnType<typeof import("./storm.js").storm>>} done
 * @property {ReturnType<typeof import("./tally.js").createTally>} tally
 * @property {ReturnType<typeof import("./invariants.js").judge>} invariants
 * @property {number[]} residentEachMinute Bytes, from the start on.
 */

/** @param {{ seed: string, minutes: string }} flags @param {Result} result */
export function print({ seed, minutes }, { done, tally, invariants }) {
  const { counts, missing, failed, drawn, cases } = done;
  console.log(`seed ${seed}, ${minutes} minutes`);
  console.log(`faults: ${list(counts)}`);
  console.log(`of the driver: ${new Set(drawn).size} of ${cases} cases, in ${list(phases(drawn))}`);
  for (const why of missing) console.log(`not done on this machine: ${why}`);
  for (const why of failed) console.log(`could not be made: ${why}`);
  console.log(`runs: ${list(tally.outcomes)}; left out: ${list(tally.skips)}`);
  for (const { name, holds, figures } of invariants) {
    console.log(`${holds ? "ok    " : "FAILED"} ${name}: ${figures}`);
  }
  if (invariants.every(({ holds }) => holds)) return;
  console.log(`again: npm run torture -- --seed=${seed} --minutes=${minutes}`);
}

/** @param {Result["done"]["drawn"]} drawn */
function phases(drawn) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { phase } of drawn) counts[phase] = (counts[phase] ?? 0) + 1;
  return counts;
}

/** @param {Result} result */
export function toReport({ invariants, residentEachMinute }) {
  const numFailedTests = invariants.filter(({ holds }) => !holds).length;
  const numPassedTests = invariants.length - numFailedTests;
  return JSON.stringify({ numPassedTests, numFailedTests, invariants, residentEachMinute });
}
