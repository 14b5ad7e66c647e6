// @ts-check
/** @typedef {import("./row.js").Bench} Bench */

/** In the order in which they run. @type {readonly Bench[]} */
export const BENCHES = [];
