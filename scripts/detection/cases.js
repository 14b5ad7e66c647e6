// @ts-check
// The series that are tried: each kind of noise, with and without a regression.
import { MODELS, modelled, resampled } from "./noise.js";
import { makeRandom } from "./random.js";

/** @typedef {{ noise: string, shift: number, series: number, minutes: number, stepMinute: number }} Case */

const DAY = 24 * 60;
/** So long until the rules have a past, after which a case begins. */
export const LEAD_MINUTES = 7 * DAY;
const BASE_SECONDS = 0.215;
export const SHIFTS = [1.15, 1.25, 1.5];

/**
 * All cases, `series` of each: without a regression over `days`, and with one that comes at some
 * time of a day and stays for the day and a half that is left.
 * @param {{ series: number, days: number, noises: readonly string[] }} options
 * @returns {Case[]}
 */
export function makeCases({ series, days, noises }) {
  const shifts = [1, ...SHIFTS];
  return noises.flatMap((noise) =>
    shifts.flatMap((shift) =>
      Array.from({ length: series }, (_, at) => ({
        noise,
        shift,
        series: at,
        minutes: LEAD_MINUTES + (shift === 1 ? days : 2.5) * DAY,
        stepMinute: LEAD_MINUTES + Math.floor((at / series) * DAY),
      })),
    ),
  );
}

/**
 * The seconds of a case's starts, one a minute.
 * @param {Case} one
 * @param {readonly number[]} recorded
 * @returns {Generator<number>}
 */
export function* startsOf(one, recorded) {
  const noise = noiseOf(one, recorded);
  for (let minute = 0; minute < one.minutes; minute += 1) {
    yield BASE_SECONDS * noise.next().value * (minute < one.stepMinute ? 1 : one.shift);
  }
}

/**
 * @param {Case} one
 * @param {readonly number[]} recorded
 */
function noiseOf({ noise, shift, series }, recorded) {
  const random = makeRandom(hash(`${noise} ${shift} ${series}`));
  const model = MODELS[noise];
  return model === undefined ? resampled(recorded, random) : modelled(model, random);
}

/**
 * 32 bits of FNV-1a: a seed of its own for every case.
 * @param {string} text
 */
function hash(text) {
  return Buffer.from(text).reduce(
    (state, byte) => Math.imul(state ^ byte, 0x01_00_01_93),
    0x81_1c_9d_c5,
  );
}

/**
 * What a case is called in the label `instance`.
 * @param {Case} one
 */
export function nameOf({ noise, shift, series }) {
  return `${noise}-${shift}-${series}`;
}
