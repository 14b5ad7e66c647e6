// @ts-check
import { probes } from "./probes.js";
import { spawn } from "./spawn.js";

/** @typedef {import("./row.js").Bench} Bench */

/** In the order in which they run. @type {readonly Bench[]} */
export const BENCHES = [probes, spawn];
