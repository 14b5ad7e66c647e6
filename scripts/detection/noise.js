// @ts-check
// What cold starts do while nothing is wrong: generators that give one start a minute, without end,
// as a multiple of what the series takes.
import { normal } from "./random.js";

const MINUTES_A_DAY = 24 * 60;

/**
 * @typedef {import("./random.js").Random} Random
 * @typedef {object} Model
 * @property {number} white Deviation from start to start.
 * @property {number} drift Deviation of what changes slowly, with a time constant of an hour.
 * @property {number} outliers Share of starts that take 1.5 to 3 times as long.
 * @property {number} daily Amplitude of what follows the time of day.
 * @property {number} episodesADay Of contention: 10 to 50 minutes, a third longer.
 */

/** @type {Readonly<Record<string, Model>>} */
export const MODELS = {
  quiet: { white: 0.04, drift: 0.01, outliers: 0.005, daily: 0, episodesADay: 0 },
  noisy: { white: 0.08, drift: 0.04, outliers: 0.03, daily: 0.04, episodesADay: 1 },
};

/**
 * @param {Model} model
 * @param {Random} random
 * @returns {Generator<number, never>}
 */
export function* modelled(model, random) {
  const contention = episodes(model.episodesADay, random);
  const slow = drift(model.drift, random);
  const phase = random();
  for (let minute = 0; ; minute += 1) {
    const day = 1 + model.daily * Math.sin(2 * Math.PI * (minute / MINUTES_A_DAY + phase));
    const outlier = random() < model.outliers ? 1.5 + 1.5 * random() : 1;
    const white = 1 + model.white * normal(random);
    yield Math.max(0.1, white) * (1 + slow.next().value) * day * outlier * contention.next().value;
  }
}

/**
 * @param {number} deviation
 * @param {Random} random
 * @returns {Generator<number, never>}
 */
function* drift(deviation, random) {
  const kept = Math.exp(-1 / 60);
  let value = deviation * normal(random);
  for (;;) {
    yield value;
    value = kept * value + Math.sqrt(1 - kept ** 2) * deviation * normal(random);
  }
}

/**
 * @param {number} aDay
 * @param {Random} random
 * @returns {Generator<number, never>}
 */
function* episodes(aDay, random) {
  let left = 0;
  for (;;) {
    if (left === 0 && random() < aDay / MINUTES_A_DAY) left = 10 + Math.floor(40 * random());
    yield left > 0 ? 1.3 : 1;
    left = Math.max(0, left - 1);
  }
}

/**
 * Starts that were recorded, in blocks whose order is drawn: what hangs together stays together.
 * @param {readonly number[]} starts
 * @param {Random} random
 * @returns {Generator<number, never>}
 */
export function* resampled(starts, random) {
  const block = 20;
  for (;;) {
    const from = Math.floor(random() * (starts.length - block + 1));
    yield* starts.slice(from, from + block);
  }
}
