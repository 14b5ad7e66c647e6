// @ts-check
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const KIB = 1024;

/**
 * @typedef {object} EmulatedHost
 * @property {number} gpus
 * @property {number} processes in the lists of all GPUs together, in turn
 * @property {readonly number[]} pids who they are: each is on as many GPUs as it takes
 */

/**
 * Lines for the emulator. Each process has another amount of memory from turn to turn, since what does not change
 * costs nothing to tell.
 * @param {EmulatedHost} host @param {number} turn
 */
export function emulatorLines({ gpus, processes, pids }, turn) {
  const tenants = Array.from({ length: processes }, (_, index) => {
    const bytes = (2048 + ((index * 7 + turn) % 1024)) * KIB;
    return `tenant = gpu=${index % gpus} pid=${pids[Math.floor(index / gpus)]} bytes=${bytes}`;
  });
  return [`gpus = ${gpus}`, "time_scale = 0", ...tenants];
}

/**
 * The next turn for a daemon that runs. A probe that starts meanwhile reads the old lines or the new ones.
 * @param {string} directory of the emulator @param {EmulatedHost} host @param {number} turn
 */
export async function writeTurn(directory, host, turn) {
  const lines = ["profile = h100", ...emulatorLines(host, turn)];
  const file = join(directory, "emulator.conf");
  await writeFile(`${file}.new`, `${lines.join("\n")}\n`);
  await rename(`${file}.new`, file);
}
