// @ts-check
import { median } from "simple-statistics";

/**
 * Measures both once a round, taking turns in who is first, so that a machine that slows down slows down both.
 * @template Result
 * @param {number} rounds
 * @param {{ readonly ours: () => Promise<Result>, readonly theirs: () => Promise<Result> }} measures
 */
export async function alternate(rounds, { ours, theirs }) {
  /** @type {{ ours: Result[], theirs: Result[] }} */
  const results = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 1) results.theirs.push(await theirs());
    results.ours.push(await ours());
    if (round % 2 === 0) results.theirs.push(await theirs());
  }
  return results;
}

/** The median of one figure of all rounds. @template Result @param {readonly Result[]} results @param {(result: Result) => number} figure */
export function medianOf(results, figure) {
  return median(results.map((result) => figure(result)));
}
