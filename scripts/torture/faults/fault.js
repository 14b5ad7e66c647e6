// @ts-check
// What a fault is, and what it is made with.

/**
 * @typedef {object} Surroundings
 * @property {import("../daemon.js").Daemon} daemon
 * @property {import("../places.js").Places} places
 * @property {() => number} random
 * @property {<T>(from: readonly T[]) => T} pick
 */

/**
 * @typedef {object} Fault
 * @property {string} name
 * @property {(places: import("../places.js").Places) => string | undefined} [missing] Why it cannot be had on this machine.
 * @property {readonly [number, number]} [seconds] How long it lasts; it is over at once when left out.
 * @property {(around: Surroundings) => Promise<void>} begin
 * @property {(around: Surroundings) => Promise<void>} [end]
 * @property {number} [weight] How often among the others; 1 when left out.
 */

/** @param {number} seconds @returns {Promise<void>} */
export async function pause(seconds) {
  return new Promise((resume) => {
    setTimeout(() => resume(undefined), seconds * 1000);
  });
}
