// @ts-check
import { fleet } from "./fleet.js";
import { idle } from "./idle.js";
import { memory } from "./memory.js";
import { probes } from "./probes.js";
import { runner } from "./runner.js";
import { scale } from "./scale.js";
import { scrape } from "./scrape.js";
import { spawn } from "./spawn.js";
import { start } from "./start.js";

/** @typedef {import("./row.js").Bench} Bench */

/** In the order in which they run. @type {readonly Bench[]} */
export const BENCHES = [start, scrape, memory, idle, runner, spawn, probes, scale, fleet];
