// @ts-check
// Numbers that only look random: the same seed gives the same series again.

/** @typedef {() => number} Random A number from 0 up to, and without, 1. */

/**
 * The generator mulberry32: 32 bits of state, which is plenty for noise.
 * @param {number} seed
 * @returns {Random}
 */
export function makeRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A normal deviate of mean 0 and deviation 1, by Box and Muller.
 * @param {Random} random
 */
export function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
