// @ts-check

/**
 * One line of the table.
 * @typedef {object} Row
 * @property {string} what
 * @property {number} ours
 * @property {number} [theirs] what it is measured against; absent where the figure stands for itself
 * @property {string} unit of both
 * @property {number} [ratio] ours ÷ theirs
 * @property {string} [target] such as "at most 1.5"; absent where the figure is told and not judged
 * @property {boolean} [met]
 * @property {object} [detail] what else was seen, for the JSON alone
 */

/**
 * A part of the benchmarks.
 * @typedef {object} Bench
 * @property {string} name as `--only` takes it
 * @property {(options: BenchOptions) => Promise<readonly Row[]>} run
 */

/**
 * @typedef {object} BenchOptions
 * @property {number} rounds at least 5 for figures that are told to others
 * @property {number} runs how many of an instant probe memory is to stand; 100,000 for figures that are told to others
 * @property {(line: string) => void} say what is going on
 */

/**
 * @typedef {object} Measured
 * @property {string} what
 * @property {number} ours
 * @property {number} [theirs]
 * @property {string} unit
 * @property {object} [detail]
 */

/** A figure that must not be more: the ratio where there is something to compare with, else itself. @param {Measured} measured @param {number} limit @returns {Row} */
export function atMost(measured, limit) {
  const { ratio, judged } = toJudge(measured);
  return { ...measured, ...ratio, target: `at most ${limit}`, met: judged <= limit };
}

/** A figure that must not be less. @param {Measured} measured @param {number} limit @returns {Row} */
export function atLeast(measured, limit) {
  const { ratio, judged } = toJudge(measured);
  return { ...measured, ...ratio, target: `at least ${limit}`, met: judged >= limit };
}

/** A figure that is told and not judged. @param {Measured} measured @returns {Row} */
export function told(measured) {
  return { ...measured, ...toJudge(measured).ratio };
}

/** @param {Measured} measured */
function toJudge({ ours, theirs }) {
  if (theirs === undefined) return { ratio: {}, judged: ours };
  const ratio = ours / theirs;
  return { ratio: { ratio }, judged: ratio };
}
