// @ts-check
import { fleet } from "./fleet.js";
import { idle } from "./idle.js";
import { memory } from "./memory.js";
import { probes } from "./probes.js";
import { scale } from "./scale.js";
import { spawn } from "./spawn.js";

/** @typedef {import("./row.js").Bench} Bench */

/** In the order in which they run. @type {readonly Bench[]} */
export const BENCHES = [memory, idle, spawn, probes, scale, fleet];
